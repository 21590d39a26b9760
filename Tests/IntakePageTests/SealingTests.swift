import IntakeOpening
import SealedIntake
import Stage
import Testing

@testable import IntakePage

/// What is sealed: which text, to which key, under which code.
@Suite struct SealingTests {
    let house = PaperHouse()

    init() { house.days = [(day("2026-03-02"), [])] }

    private func seal(_ visit: Visit, stamp: [UInt8] = Stamp.random().bytes) -> Outcome {
        visit.seal(
            kind: Parts.number(Int(ReporterMessage.Kind.followUp.rawValue)),
            organisation: [UInt8]("nl-vi".utf8),
            text: [UInt8]("Dag.".utf8),
            answers: [],
            about: [],
            stamp: stamp
        )
    }

    private func sealed(_ visit: Visit) throws -> Envelope {
        let outcome = seal(visit)
        try #require(outcome.status == 0)
        return try Submission(bytes: try #require(outcome.parts.first)).envelope
    }

    private func message(_ envelope: Envelope) throws -> ReporterMessage {
        let plaintext = try envelope.open(with: house.party("nl-vi").seal)
        return try ReporterMessage(admitting: Frame(bytes: plaintext, magic: .reporter))
    }

    // MARK: texts

    private func check(_ text: String) -> Int32 { Visit().checkText([UInt8](text.utf8)).status }

    @Test(arguments: ["", " ", "\n", " \n \n", "\t\r\n"])
    func `a text of blanks and line ends is empty`(text: String) {
        #expect(check(text) == TextRefusal.empty.rawValue)
    }

    @Test func `a text has at most 10,000 bytes`() {
        #expect(check(String(repeating: "a", count: 10_000)) == 0)
        #expect(check(String(repeating: "a", count: 10_001)) == TextRefusal.tooLong.rawValue)
        #expect(check(String(repeating: "é", count: 5_001)) == TextRefusal.tooLong.rawValue)
    }

    @Test func `a text with a code in it is not sent`() {
        let lines = Visit().makeToken().parts.map(text)
        for written in [
            "mijn code is " + lines.joined(separator: " "), lines.joined(separator: "\n"),
            lines.joined().uppercased() + "!",
        ] {
            #expect(check(written) == TextRefusal.holdsCode.rawValue)
        }
        #expect(check("mijn code is " + lines.dropLast().joined(separator: " ")) == 0)
    }

    @Test func `a stamp has nothing behind it`() {
        let visit = house.visit().visit
        let stamp = Stamp.random().bytes
        #expect(seal(visit, stamp: stamp + [0]).status == SealRefusal.stamp.rawValue)
        let body = seal(visit, stamp: stamp).parts[0]
        #expect(visit.stamp(body, with: stamp + [0]).status == WorkRefusal.malformed.rawValue)
    }

    // MARK: keys

    @Test func `it is sealed to the first epoch that is not over on the day of the server's hour`()
        throws
    {
        let party = house.party("nl-vi")
        let ended = SealingKeyPair.random()
        // The log is signed up to 2 March: the hour alone says that it is the 10th.
        for (last, isEnded) in [("2026-03-05", true), ("2026-03-09", true), ("2026-03-10", false)] {
            house.listed["nl-vi"] = ListedKeys(ended: (ended.publicKey, last))
            let wrap = try sealed(house.visit().visit).wraps[0]
            #expect((ended.open(wrap) == nil) == isEnded, "\(last)")
            #expect((party.seal.open(wrap) != nil) == isEnded, "\(last)")
        }
    }

    @Test func `where nothing can be released to, nothing is sealed, no cover either`() throws {
        house.listed["helpdesk"] = ListedKeys(until: "2026-03-09")
        let visit = house.visit().visit
        #expect(seal(visit).status == SealRefusal.noSealingKey.rawValue)
        var covered: Set<String> = []
        for _ in 0..<60 {
            let cover = visit.makeCover()
            guard cover.status == 0 else {
                #expect(cover.status == SealRefusal.noSealingKey.rawValue)
                continue
            }
            covered.insert(try Submission(bytes: cover.parts[0]).organisation.description)
        }
        #expect(covered == ["nl-ocw"])
    }

    @Test func `the release of its own slot opens the second wrap`() throws {
        let envelope = try sealed(house.visit().visit)
        let slot = try message(envelope).slot
        let key = house.party("nl-vi").seal.open(envelope.wraps[0])?.exposed
        let half = house.party("helpdesk").seal.open(envelope.wraps[1])?.exposed
        let release = house.thread("nl-vi").keys.tags.release(slot: slot)
        let opened = zip(try #require(half), release).map { $0 ^ $1 }
        #expect(opened == key)
    }

    @Test func `each message has a slot of its own and the shard byte of the code`() throws {
        let visit = house.visit().visit
        let messages = try (0..<8).map { _ in try message(try sealed(visit)) }
        #expect(Set(messages.map(\.slot)).count == 8)
        #expect(Set(messages.map(\.shardByte)) == [house.keys.root.shardByte])
    }

    // MARK: codes

    @Test func `a code seals nothing before its keys are there`() {
        let visit = house.visit().visit
        #expect(seal(visit).status == 0)
        _ = visit.makeToken()
        #expect(seal(visit).status == SealRefusal.noKeys.rawValue)
        _ = visit.takeRoot([UInt8](repeating: 7, count: 32))
        #expect(seal(visit).status == 0)
    }

    @Test func `a code asks for its own shard`() {
        let visit = house.visit().visit
        let shards = (0..<32).map { number in
            let root = [UInt8](repeating: UInt8(number), count: 32)
            let byte = ReporterRoot(key: SecretBytes(copying: root)).shardByte
            #expect(visit.takeRoot(root).parts == [Parts.number(UInt32(byte) % 4)])
            return byte % 4
        }
        #expect(Set(shards).count == 4)
    }

    @Test func `the last line is compared syllable by syllable`() {
        let visit = Visit()
        let line = [UInt8](visit.makeToken().parts[2])
        #expect(visit.compareLastLine(line).status == 0)
        for place in 0..<3 {
            var wrong = line
            wrong[place * 4] = wrong[place * 4] == 0x62 ? 0x64 : 0x62
            let said = visit.compareLastLine(wrong)
            #expect(said.status == LineRefusal.differs.rawValue)
            #expect(said.parts == [Parts.number(place)])
        }
    }
}
