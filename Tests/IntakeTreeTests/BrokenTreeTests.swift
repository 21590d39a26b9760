import SealedIntake
import Testing

@testable import IntakeTree

/// Each error is told with its place; each row breaks the sound tree in one place.
struct BrokenTreeTests {
    struct Break: Sendable, CustomTestStringConvertible {
        let file: String
        let old: String
        let new: String
        let finding: String
        var testDescription: String { finding }
    }

    static let tree = "wegwijzer.yaml"
    static let who = "organisations.yaml"
    static let duties = "duties.yaml"
    static let texts = "texts/nl.yaml"

    @Test(arguments: structure + names + proofs + sight + ladder + facts + contacts + words)
    func `one change, one finding`(_ change: Break) throws {
        var fixture = TreeFixture()
        fixture.files[change.file]?.replace(change.old, with: change.new)
        let compilation = try fixture.compile()
        let lines = compilation.findings.map(\.line)
        #expect(lines.contains { $0.contains(change.finding) }, "\(lines)")
        let isWarning = change.finding.contains("warning:")
        #expect(compilation.files.isEmpty != isWarning, "\(lines)")
    }

    @Test(arguments: ["wegwijzer.yaml", "organisations.yaml", "duties.yaml", "texts/nl.yaml"])
    func `a file that is not there, is empty or is a folder is told`(_ name: String) throws {
        var fixture = TreeFixture()
        fixture.files[name] = nil
        var lines = try fixture.compile().findings.map(\.line)
        #expect(lines == ["\(name):1:1: error: the file is not there, it must be"])
        fixture.files[name] = ""
        lines = try fixture.compile().findings.map(\.line)
        #expect(lines == ["\(name):1:1: error: the file is empty, it must be a YAML map"])
        fixture.files[name] = "(folder)"
        lines = try fixture.compile().findings.map(\.line)
        #expect(
            lines == ["\(name):1:1: error: the name is a folder, it must be a plain file"]
        )
    }

    @Test func `all errors are told, not the first`() throws {
        var fixture = TreeFixture()
        fixture.files["wegwijzer.yaml"]?.replace("seks: { to: wie }", with: "seks: { to: wi }")
        fixture.files["wegwijzer.yaml"]?.replace("hide: [vi]", with: "hide: [vj]")
        fixture.files["duties.yaml"]?.replace("until: null", with: "until: 2020-01-01")
        #expect(try fixture.compile().findings.filter { $0.weight == .error }.count >= 3)
    }

    @Test func `another language says just what Dutch says`() throws {
        var fixture = TreeFixture()
        fixture.files["texts/en.yaml"] = fixture.files["texts/nl.yaml"]
        #expect(try fixture.compile().findings.isEmpty)
        fixture.files["texts/en.yaml"]?.replace("{ text: Wie doet dit? }", with: "{ hint: Who? }")
        let lines = try fixture.compile().findings.map(\.line)
        #expect(lines.contains { $0.contains("question.wie.text is missing, it must be there as") })
        #expect(lines.contains { $0.contains("question.wie.hint is not there in nl") })
        fixture.files["texts/en.yaml"]?.replace(
            "{ hint: Who? }",
            with: "{ text: 'Who {x} did this, and who else was there to see it all happen?' }"
        )
        let others = try fixture.compile().findings.map(\.line)
        #expect(others.contains { $0.contains("it must have a quarter to double of them") })
        #expect(others.contains { $0.contains("other {placeholders} than nl") })
    }

    @Test func `a duty that began after the tree did asks for a new tree`() throws {
        var fixture = TreeFixture()
        fixture.files["duties.yaml"]?.replace("2012-08-01, until", with: "2027-01-01, until")
        let day = try #require(Day(text: [UInt8]("2027-01-02".utf8)))
        let lines = try fixture.compile(on: day).findings.map(\.line)
        #expect(lines.contains { $0.contains("duty \"d1\" began on 2027-01-01, after valid_from") })
    }

    @Test func `a duty that is still to come cannot keep a promise`() throws {
        var fixture = TreeFixture()
        fixture.files["duties.yaml"]?.replace("2012-08-01, until", with: "2027-01-01, until")
        let lines = try fixture.compile().findings.map(\.line)
        #expect(lines.contains { $0.contains("duty d1 is not shown, one must be") })
    }

    @Test func `a walk of nine questions is too long`() throws {
        var fixture = TreeFixture()
        let more = (1...5).map { number in
            let next = number == 5 ? "regel" : "x\(number + 1)"
            return "  x\(number): { source: [A], answers: { onbekend: { to: \(next) } } }\n"
        }
        fixture.files["wegwijzer.yaml"]?.replace(
            "onbekend: { to: regel }",
            with: "onbekend: { to: x1 }"
        )
        fixture.files["wegwijzer.yaml"]?.replace("  regel:\n", with: more.joined() + "  regel:\n")
        let lines = try fixture.compile().findings.map(\.line)
        #expect(lines.contains { $0.contains("a walk asks 9 questions, it must ask at most 8") })
    }
}
