import Foundation
import SealedIntake
import Stage
import Testing

@testable import IntakePage

/// What each operation says, in its number of parts, as `docs/spec/page-seam.txt` has it.
///
/// Names, what goes in and all numbers are held by `Tests/Browser/test_seam.py`.
@Suite struct SeamTests {
    private static let text =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/spec/page-seam.txt")

    private let house = PaperHouse()
    private let organisation = [UInt8]("helpdesk".utf8)

    init() {
        house.days = [(day("2026-02-20"), [house.message()]), (day("2026-03-02"), [])]
    }

    /// What an operation says: so many parts, and so many more for each of a number of things.
    private func out(_ operation: String) throws -> (fixed: Int, repeated: Int) {
        let lines = try String(contentsOf: Self.text, encoding: .utf8).split(separator: "\n")
        let start = try #require(lines.firstIndex(of: "operation \(operation)"))
        let own = lines[(start + 1)...].prefix { !$0.hasPrefix("operation ") }
        guard let said = own.first(where: { $0.hasPrefix("out ") }) else { return (0, 0) }
        let words = said.split(separator: " ").dropFirst()
        guard let mark = words.firstIndex(of: "(") else { return (words.count, 0) }
        return (words[..<mark].count, words[mark...].count - 2)
    }

    private func expect(_ operation: String, _ outcome: Outcome, of things: Int = 0) throws {
        let (fixed, repeated) = try out(operation)
        #expect(outcome.status == 0, "\(operation)")
        #expect(outcome.parts.count == fixed + repeated * things, "\(operation)")
    }

    /// What is said beside a refusal: behind the name of its number.
    private func expectRefused(_ list: String, _ outcome: Outcome) throws {
        let lines = try String(contentsOf: Self.text, encoding: .utf8).split(separator: "\n")
        let start = try #require(lines.firstIndex(of: "list \(list)"))
        let own = lines[(start + 1)...].prefix { !$0.hasPrefix("list ") }
        let line = try #require(own.first { $0.hasPrefix("\(outcome.status) ") })
        let said = line.split(separator: ":").dropFirst().first?.split(separator: " ") ?? []
        #expect(outcome.parts.count == said.count, "\(line)")
    }

    @Test func `each operation on what is public says its parts`() throws {
        let visit = house.visit().visit
        try expect("visit", visit.open(house.files()), of: house.paper.organisations.count)
        try expect("challenge", visit.refresh(challenge: house.challenge().bytes))
        try expect("walk", visit.walk([UInt8]("gevaar=nee\nthema=pesten\n".utf8)))
        try expect("asked", visit.asked(for: organisation))
        try expect("random_shard", visit.randomShard())
        try expect("cover", visit.makeCover())
        visit.keys = house.keys
        try expect("look", visit.look([]), of: 1)
        try expect("look_back", visit.look(back: house.month("2026-01").monthFile))
    }

    @Test func `each operation on a code says its parts`() throws {
        let visit = house.visit().visit
        try expect("new_token", visit.makeToken())
        let typed = [UInt8](visit.makeToken().parts.joined())
        try expect("read_token", visit.readToken(typed))
        try expect("last_line", visit.compareLastLine([UInt8](typed.suffix(11))))
        let token = visit.tokenBytes()
        try expect("token_bytes", token)
        let root = Visit.deriveRoot(token: token.parts[0], deployment: PaperHouse.name)
        try expect("derive", root)
        try expect("keys", visit.takeRoot(root.parts[0]))
        try expectRefused("ReadingRefusal", visit.readToken([UInt8]("kort".utf8)))
        try expectRefused("ReadingRefusal", visit.readToken([UInt8](repeating: 0x71, count: 27)))
        try expectRefused("LineRefusal", visit.compareLastLine([UInt8]("x".utf8)))
        try expectRefused("CodeRefusal", Visit().tokenBytes())
        try expectRefused("ShardRefusal", visit.takeRoot([]))
        try expectRefused("RootRefusal", Visit.deriveRoot(token: [], deployment: PaperHouse.name))
    }

    @Test func `each operation on a message says its parts`() throws {
        let visit = house.visit().visit
        try expect("check_text", visit.checkText([UInt8]("Dag.".utf8)))
        try expectRefused("TextRefusal", visit.checkText([]))
        let asked = visit.asked(for: organisation)
        let machine = Visit()
        let begun = machine.beginWork(
            hour: asked.parts[0],
            challenge: asked.parts[1],
            tries: asked.parts[2],
            organisation: organisation
        )
        try expect("work_begin", begun)
        try expect("work_go", machine.work(Parts.number(1)))
        let stamp = Stamp.random().bytes
        let sealed = visit.seal(
            kind: Parts.number(Int(ReporterMessage.Kind.followUp.rawValue)),
            organisation: organisation,
            text: [UInt8]("Dag.".utf8),
            answers: [],
            about: [],
            stamp: stamp
        )
        try expect("seal", sealed)
        try expect("stamp", visit.stamp(sealed.parts[0], with: stamp))
        let submission = try Submission(bytes: sealed.parts[0])
        let text = SubmissionPromise(
            origin: PaperHouse.name,
            day: PaperHouse.today,
            for: submission
        )
        .text
        try expect(
            "promise",
            visit.verifyPromise(house.paper.promise.note(text).bytes, for: submission.bytes)
        )
        try expectRefused("PromiseRefusal", visit.verifyPromise([], for: submission.bytes))
        try expectRefused("WorkRefusal", visit.stamp([], with: stamp))
    }
}
