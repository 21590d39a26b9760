import Testing

/// The attacker of the unlinkability tests finds what is there to be found, and nothing else: a
/// test that nothing can fail would prove nothing.
struct UnlinkabilityAttackerTests {
    @Test(arguments: 1...4) func `things that are unrelated are not paired`(seed: UInt64) {
        let planted = PlantedThings(seed: seed)
        #expect(planted.findings.isEmpty, "\(planted.findings)")
        let order = Attacker.findings(of: planted.reports, order: planted.arrival)
        #expect(order.isEmpty, "\(order)")
    }

    @Test func `a row id that grows with arrival is found`() {
        var planted = PlantedThings(seed: 5)
        for (place, arrival) in planted.arrival.enumerated() {
            planted.reports[place].numbers["table inbox.id"] = 1000 + 3 * Int64(arrival)
        }
        let found = Attacker.findings(of: planted.reports, order: planted.arrival)
        #expect(found.contains { $0.method == "same rank" })
        #expect(found.allSatisfy { $0.views.contains("inbox.id") })
    }

    @Test func `a row id that falls with arrival is found`() {
        var planted = PlantedThings(seed: 6)
        for (place, arrival) in planted.arrival.enumerated() {
            planted.reports[place].numbers["table inbox.id"] = -Int64(arrival)
        }
        let found = Attacker.findings(of: planted.reports, order: planted.arrival)
        #expect(found.contains { $0.method == "opposite rank" })
    }

    @Test func `places that only roughly follow arrival are found`() {
        var planted = PlantedThings(seed: 7)
        for (place, arrival) in planted.arrival.enumerated() {
            let blur = planted.random(below: 150)
            planted.reports[place].numbers["file database: tag"] = Int64(arrival) + blur
        }
        let found = Attacker.findings(of: planted.reports, order: planted.arrival)
        #expect(found.contains { $0.method == "correlation" })
    }

    @Test func `replies in the order of their reports are found`() {
        var planted = PlantedThings(seed: 8)
        planted.plant { report, reply in
            reply.numbers["file bundle: tag"] = (report.numbers["file log: tag"] ?? 0) * 7
        }
        #expect(planted.findings.contains { $0.views == "file log: tag ~ file bundle: tag" })
    }

    @Test func `replies that lie near their reports are found`() {
        var planted = PlantedThings(seed: 9)
        var turn: Int64 = 0
        planted.plant { report, reply in
            turn += 1
            let near = turn % 2 == 0 ? turn % 7 : -(turn % 7)
            reply.numbers["file log: tag"] = (report.numbers["file log: tag"] ?? 0) + near
        }
        #expect(planted.findings.contains { $0.method == "nearest place" })
    }

    @Test(arguments: [0, 7, 15]) func `one shared byte of the tag is found`(place: Int) {
        var planted = PlantedThings(seed: 10)
        planted.plant { report, reply in reply.tag[place] = report.tag[place] }
        #expect(planted.findings.contains { $0.views == "tag[\(place)] ~ tag[\(place)]" })
    }

    @Test func `a byte of the tag in another place of the envelope is found`() {
        var planted = PlantedThings(seed: 11)
        planted.plant { report, reply in reply.envelope[90] = ~report.tag[3] }
        #expect(planted.findings.contains { $0.views == "tag[3] ~ front[90]" })
    }

    @Test func `a shard byte that the report shows is found`() {
        var planted = PlantedThings(seed: 12)
        planted.plant { report, reply in
            report.digest[31] = UInt8(clamping: reply.numbers["table reply.shard"] ?? 0)
        }
        #expect(planted.findings.contains { $0.views == "digest[31] ~ table reply.shard" })
    }

    @Test func `a size that differs is found`() {
        var planted = PlantedThings(seed: 13)
        var turn = 0
        planted.plant { report, reply in
            turn += 1
            guard turn % 2 == 0 else { return }
            report.envelope.insert(0, at: 400)
            reply.envelope.insert(0, at: 240)
        }
        #expect(planted.findings.contains { $0.views == "size ~ size" })
    }

    @Test func `tags that differ in few bits are found`() {
        var planted = PlantedThings(seed: 14)
        planted.plant { report, reply in
            reply.tag = report.tag
            for place in 0..<16 { reply.tag[place] ^= 1 << UInt8(place % 8) }
        }
        #expect(planted.findings.contains { $0.method == "fewest bits" })
    }

    @Test func `eight shared bytes are found wherever they stand`() {
        var planted = PlantedThings(seed: 15)
        var turn = 0
        planted.plant { report, reply in
            turn += 1
            let from = 10 + turn % 100
            reply.envelope.replaceSubrange(20..<28, with: report.envelope[from..<(from + 8)])
        }
        #expect(planted.findings.contains { $0.method == "shared bytes" })
    }

    @Test func `twenty pairs of two hundred are found, five are guessing`() {
        for (pairs, isFound) in [(20, true), (5, false)] {
            var planted = PlantedThings(seed: 16)
            var turn = 0
            planted.plant { report, reply in
                turn += 1
                if turn <= pairs { reply.tag = report.tag }
            }
            #expect(planted.findings.contains { $0.method == "fewest bits" } == isFound)
        }
    }

    @Test func `the probabilities are those of the tables`() {
        #expect(abs(Guessing.right(3) - 1.0 / 6) < 1e-12)
        #expect(abs(Guessing.overlap(2, one: 2, other: 2, count: 4) - 1.0 / 3) < 1e-12)
        #expect(abs(Guessing.correlation(0.196, count: 101) - 0.05) < 1e-3)
    }

    @Test func `bytes are found at every place of a file`() {
        let search = NeedleSearch([ascii("baardman"), ascii("roerdompje")])
        #expect(search.places(in: ascii("baardmanbaardmanroerdompje")) == [[0, 8], [16]])
        #expect(search.places(in: ascii("roerdompj")) == [[], []])
    }
}
