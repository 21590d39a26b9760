import Testing

@testable import IntakeTree

/// Whose row is in sight, and whose is folded.
extension BrokenTreeTests {
    private static let forbidden = "[place vi], if: \"rol=leerling, sub=pesten\""
    private static let required = "[duty d1], if: \"rol=personeel, dader=school\""

    static let sight = [
        Break(
            file: tree,
            old: required,
            new: "[seen vi], if: \"rol=leerling, sub=pesten\"",
            finding: "seen vi is not shown, one must be, on the walk gevaar=nee, rol=leerling"
        ),
        Break(
            file: tree,
            old: forbidden,
            new: "[seen school], if: sub=pesten",
            finding: "\"school\" is in sight, which is forbidden here: it must not be, on the walk"
        ),
        Break(
            file: tree,
            old: forbidden,
            new: "[seen], if: sub=pesten",
            finding: "\"seen\" names none, it must name one"
        ),
        Break(
            file: tree,
            old: required,
            new: "[seen lijm], if: sub=pesten",
            finding: "seen \"lijm\" is unknown"
        ),
        Break(
            file: tree,
            old: "show: [duty d1, note n1]",
            new: "show: [seen vi, note n1]",
            finding: "\"seen vi\" is no block with an id, it must be"
        ),
    ]

    @Test func `of two places the one that stands earlier in the file folds the other`() throws {
        var fixture = TreeFixture()
        fixture.files["wegwijzer.yaml"]?.replace(
            Self.required,
            with: "[seen vi], if: \"outcome=o2, sub!=pesten\""
        )
        #expect(try fixture.compile().findings.map(\.line) == [])
        fixture.files["wegwijzer.yaml"]?.replace("places: [vi]", with: "places: [vi, school]")
        let lines = try fixture.compile().findings.map(\.line)
        #expect(lines.contains { $0.contains("seen vi is not shown, one must be") }, "\(lines)")
    }

    @Test func `what first help shows is no place, and folds none`() throws {
        var fixture = TreeFixture()
        fixture.files["wegwijzer.yaml"]?.replace(
            "first: [lijn], places: [vi]",
            with: "first: [lijn, school], places: [school, vi]"
        )
        fixture.files["wegwijzer.yaml"]?.replace(
            Self.required,
            with: "[seen vi], if: \"outcome=o2, sub!=pesten\""
        )
        #expect(try fixture.compile().findings.map(\.line) == [])
    }
}
