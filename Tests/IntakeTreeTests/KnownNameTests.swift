import SealedIntake
import Testing

@testable import IntakeTree

/// What code asks for by name cannot leave the tree unnoticed.
struct KnownNameTests {
    /// A name the sound small tree has, how it is lost, and what is said then.
    struct Loss: Sendable, CustomTestStringConvertible {
        let thing: KnownName.Thing
        let file: String
        let old: String
        let new: String
        let finding: String
        var testDescription: String { finding }
    }

    private static let tree = "wegwijzer.yaml"
    private static let losses = [
        Loss(
            thing: .question(ascii("wie")),
            file: tree,
            old: "wie",
            new: "hoe",
            finding: "wegwijzer.yaml:1:1: error: there is no question wie, it must be there for"
        ),
        Loss(
            thing: .question(ascii("wie")),
            file: tree,
            old:
                "  wie:\n    source: [A]\n    answers:\n      school: { to: regel, facts: { dader: "
                + "school } }\n      onbekend: { to: regel }",
            new: "  wie: { source: [A], rule: [{ to: o2 }] }",
            finding: "wegwijzer.yaml:1:1: error: there is no question wie, it must be there for"
        ),
        Loss(
            thing: .answer(ascii("pesten"), of: ascii("thema")),
            file: tree,
            old: "pesten: { to",
            new: "plagen: { to",
            finding: "wegwijzer.yaml:15:3: error: question thema has no answer \"pesten\", it must "
                + "have one for"
        ),
        Loss(
            thing: .fact(Fact(name: ascii("rol"), value: ascii("leerling"))),
            file: tree,
            old: "{ rol: leerling }",
            new: "{ rol: scholier }",
            finding: "wegwijzer.yaml:1:1: error: no answer gives rol=leerling, one must for"
        ),
        Loss(
            thing: .deskFact(Fact(name: ascii("vermoeden"), value: ascii("ja"))),
            file: "duties.yaml",
            old: "[ja, nee]",
            new: "[wel, nee]",
            finding:
                "duties.yaml:1:1: error: a desk cannot set vermoeden=ja, it must be able to for"
        ),
        Loss(
            thing: .desk(ascii("d2")),
            file: "duties.yaml",
            old: "d2: { block: desk",
            new: "d3: { block: desk",
            finding: "duties.yaml:1:1: error: there is no rule d2 of the desk, it must be there for"
        ),
        Loss(
            thing: .desk(ascii("d2")),
            file: "duties.yaml",
            old: "d2: { block: desk, ",
            new: "d2: { ",
            finding: "duties.yaml:1:1: error: there is no rule d2 of the desk, it must be there for"
        ),
        Loss(
            thing: .number(ascii("lijn")),
            file: "organisations.yaml",
            old: "tel: 0800-1",
            new: "web: lijn.nl",
            finding:
                "organisations.yaml:12:1: error: organisation lijn has no telephone number that "
                + "is shown, it must have one for"
        ),
        Loss(
            thing: .number(ascii("lijn")),
            file: "organisations.yaml",
            old: "evidence: read, source: A, read_on: 2026-10-01, checked_on: 2026-11-25",
            new: "evidence: none, source: A",
            finding:
                "organisations.yaml:12:1: error: organisation lijn has no telephone number that "
                + "is shown, it must have one for"
        ),
    ]

    @Test(arguments: losses)
    func `a name that code asks for is told when it is gone, and who asks`(_ loss: Loss) throws {
        var fixture = TreeFixture()
        fixture.known = [KnownName(loss.thing, for: "somebody")]
        #expect(try fixture.compile().findings.isEmpty)
        fixture.files[loss.file]?.replace(loss.old, with: loss.new)
        let broken = try fixture.compile()
        #expect(broken.findings.map(\.line).contains(loss.finding + " somebody"))
        #expect(broken.files.isEmpty)
    }

    /// That this repository's tree has them all is told with its other findings.
    @Test func `each name of the table is looked for`() throws {
        let findings = TreeFindings()
        KnownNameCheck(blueprint: TreeBlueprint(), findings: findings).check(KnownName.all)
        #expect(KnownName.all.count > 15)
        #expect(findings.list.count == KnownName.all.count)
        for (name, finding) in zip(KnownName.all, findings.list) {
            #expect(finding.clause.hasSuffix(" for \(name.asker)"), "\(finding.line)")
        }
    }
}
