/// Made-up reports and replies that have nothing to do with one another, to plant leaks in.
struct PlantedThings {
    static let count = 200

    var reports: [KeptThing]
    var replies: [KeptThing]
    /// Which reply belongs to each report.
    var truth: [Int]
    /// The place of each report in the order of arrival.
    let arrival: [Int]

    private var chance: Chance

    init(seed: UInt64) {
        var chance = Chance(seed: seed)
        reports = (0..<Self.count).map { _ in Self.thing(wraps: 2, size: 512, &chance) }
        replies = (0..<Self.count).map { _ in Self.thing(wraps: 1, size: 256, &chance) }
        truth = (0..<Self.count).shuffled(using: &chance)
        arrival = (0..<Self.count).shuffled(using: &chance)
        self.chance = chance
        for place in 0..<Self.count {
            reports[place].numbers["file log: tag"] = random(below: 100_000)
            replies[place].numbers["file log: tag"] = random(below: 100_000)
            reports[place].numbers["file database: tag"] = random(below: 1_000_000)
            replies[place].numbers["file bundle: tag"] = random(below: 1_000_000)
            replies[place].numbers["table reply.shard"] = random(below: 256)
        }
    }

    /// What an attacker finds who pairs them.
    var findings: [Finding] {
        Attacker(left: reports, right: replies, truth: truth).findings()
    }

    mutating func random(below end: Int64) -> Int64 { .random(in: 0..<end, using: &chance) }

    /// Changes each true pair.
    mutating func plant(_ change: (inout KeptThing, inout KeptThing) -> Void) {
        for (report, reply) in truth.enumerated() { change(&reports[report], &replies[reply]) }
    }

    private static func thing(wraps: UInt8, size: Int, _ chance: inout Chance) -> KeptThing {
        var bytes: [UInt8] = (0..<size).map { _ in .random(in: 0...255, using: &chance) }
        bytes.replaceSubrange(0..<8, with: ascii("SIE1") + [1, 1, wraps, 0])
        return KeptThing(
            tag: (0..<16).map { _ in .random(in: 0...255, using: &chance) },
            digest: (0..<32).map { _ in .random(in: 0...255, using: &chance) },
            envelope: bytes
        )
    }
}
