import SealedIntake
import Testing

@testable import IntakeTree

/// What is shown can be reached, and what serves people was tried.
struct TreeContactTests {
    private static let who = "organisations.yaml"

    private func untried(_ old: String, _ new: String) throws -> [String] {
        var fixture = TreeFixture()
        fixture.files[Self.who]?.replace(old, with: new)
        let compilation = try fixture.compile()
        #expect(!compilation.hasErrors, "\(compilation.findings.map(\.line))")
        #expect(compilation.findings.isEmpty, "an untried number is no matter of plain check")
        return compilation.untried.map(\.line)
    }

    @Test func `a release lacks nothing when all was called, and an alarm number is not rung`()
        throws
    {
        #expect(try TreeFixture().compile().untried.isEmpty)
    }

    @Test func `a number that nobody called is told with its place`() throws {
        let lines = try untried("checked_on: 2026-11-25", "checked_on: null")
        #expect(lines.count == 1)
        #expect(lines.first?.hasPrefix("organisations.yaml:") == true)
        #expect(lines.first?.contains("the tel of \"lijn\" (0800-1) was never called") == true)
    }

    @Test(arguments: ["112", "119"])
    func `the number for danger is not rung, whatever it is`(_ number: String) throws {
        var fixture = TreeFixture()
        let yaml = fixture.files[Self.who] ?? ""
        fixture.files[Self.who] = yaml.replacing("tel: \"112\"", with: "tel: \"\(number)\"")
        #expect(try fixture.compile().untried.isEmpty)
        let lines = try untried(
            "tel: 0800-1, evidence: read, source: A, read_on: 2026-10-01, checked_on: 2026-11-25",
            "tel: \"\(number)\", evidence: read, source: A, read_on: 2026-10-01"
        )
        #expect(lines.map { $0.contains("the tel of \"lijn\" (\(number)) was never") } == [true])
    }

    @Test(arguments: [("2025-10-27", 0), ("2025-10-26", 1)])
    func `a call holds for 400 days`(_ day: String, _ count: Int) throws {
        let lines = try untried("checked_on: 2026-11-25", "checked_on: \(day)")
        #expect(lines.count == count, "\(lines)")
        #expect(lines.allSatisfy { $0.contains("was called on \(day), it must be within 400") })
    }

    @Test func `a site is opened and a mail is written to`() throws {
        let old = "- { tel: 0800-1,"
        #expect(try untried(old, "- { web: lijn.nl,") == [])
        var fixture = TreeFixture()
        fixture.files[Self.who]?.replace(old, with: "- { mail: x@lijn.nl,")
        fixture.files[Self.who]?.replace("checked_on: 2026-11-25", with: "checked_on: null")
        #expect(try fixture.compile().untried.first?.clause.contains("never written to") == true)
    }

    @Test func `what is not shown need not be tried`() throws {
        let none = "contacts: [{ tel: 0800-2, evidence: none, source: A }]\n  source"
        #expect(
            try untried("not_in_tree: no destination\n  source", "not_in_tree: no\n  " + none) == []
        )
    }

    @Test func `a place of the school may say where it is found`() throws {
        var fixture = TreeFixture()
        fixture.files["texts/nl.yaml"]?.replace("when: Nu.", with: "when: Nu., way: In de gids.")
        #expect(try fixture.compile().findings.isEmpty)
    }

    @Test func `a number or site in a text is written when the tree is built`() throws {
        var fixture = TreeFixture()
        fixture.files["texts/nl.yaml"]?
            .replace(
                "[Bel bij gevaar.]",
                with: "['Bel {nummer.alarm} of {nummer.lijn}, of kijk op {site.lijn}.']"
            )
        let site = "web: lijn.nl, evidence: read, source: A, read_on: 2026-10-01"
        fixture.files[Self.who]?.replace("2026-11-25 }", with: "2026-11-25 }\n    - { \(site) }")
        let built = try fixture.compile().files
        let texts = try #require(built.first { $0.name == "wegwijzer.nl.texts" })
        let lines = String(decoding: texts.bytes, as: UTF8.self)
        #expect(lines.contains("note.n1.1 Bel 112 of 0800-1, of kijk op lijn.nl.\n"))
    }
}
