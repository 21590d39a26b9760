import Foundation
import SealedIntake
import Testing

@testable import IntakeTree

/// What the compiler makes of a sound tree.
struct TreeCompilerTests {
    @Test func `the fixture is sound`() throws {
        let compilation = try TreeFixture().compile()
        #expect(compilation.findings.map(\.line) == [])
        #expect(compilation.files.map(\.name) == ["wegwijzer.tree", "wegwijzer.nl.texts"])
        #expect(compilation.hash.count == 64)
    }

    @Test func `the engine reads what is built`() throws {
        let files = try TreeFixture().compile().files
        let tree = try DecisionTree(bytes: try #require(files.first).bytes)
        let texts = try TreeTexts(bytes: try #require(files.last).bytes)
        #expect(tree.texts.map(\.language) == [texts.language])
        #expect(tree.texts.map(\.digest) == [texts.digest])
        #expect(tree.nodes.count == 5)
        #expect(tree.organisations.count == 5)
    }

    @Test func `modifiers change the whens of what outcomes show`() throws {
        let bytes = try #require(try TreeFixture().compile().files.first).bytes
        let text = String(decoding: bytes, as: UTF8.self)
        let vi = """
            show place vi
            when outcome=o2 !rol=leerling
            when outcome=o2 !sub=pesten
            source A
            source B
            """
        #expect(text.contains(vi))
        #expect(text.contains("when zeker=nee !rol=personeel !outcome=o4\n"))
        #expect(text.contains("show place school\nwhen rol=leerling sub=pesten !outcome=o4\n"))
    }

    @Test func `a replacement stands where the old one stood, under its condition`() throws {
        var fixture = TreeFixture()
        fixture.files["wegwijzer.yaml"]?.replace(
            "hide: [vi], places: [school]",
            with: "replace: { vi: school }"
        )
        let files = try fixture.compile().files
        let text = String(decoding: files.first?.bytes ?? [], as: UTF8.self)
        #expect(text.contains("show place school\nwhen outcome=o2 rol=leerling sub=pesten\n"))
        #expect(text.contains("show place vi\nwhen outcome=o2 !rol=leerling\n"))
    }

    @Test func `a modifier that names an outcome counts beside a settled one too`() throws {
        var fixture = TreeFixture()
        fixture.files["wegwijzer.yaml"]?.replace(
            "if: \"zeker=nee, rol!=personeel\",",
            with: "if: \"outcome=o2, rol!=personeel\","
        )
        fixture.files["wegwijzer.yaml"]?.replace(", facts: { zeker: nee }", with: "")
        let compilation = try fixture.compile()
        let text = String(decoding: compilation.files.first?.bytes ?? [], as: UTF8.self)
        #expect(text.contains("show note n1\nwhen outcome=o2 !rol=personeel\n"))
    }

    @Test func `the ladder begins where the outcome that lies highest does`() throws {
        let bytes = try #require(try TreeFixture().compile().files.first).bytes
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("show rung praten\nwhen !outcome=o2 !outcome=o3\n"))
        #expect(text.contains("show rung laatst\nwhen !outcome=o1\n"))
    }

    @Test func `a rung leads nowhere that a modifier hides`() throws {
        let bytes = try #require(try TreeFixture().compile().files.first).bytes
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("show rung vi\nwhen !outcome=o3 rol=leerling !sub=pesten\n"))
        #expect(text.contains("show rung vi--u\nwhen !outcome=o3 !rol=leerling\n"))
    }

    @Test func `a condition may be a list, one of which must hold`() throws {
        var fixture = TreeFixture()
        let list = "if: [\"rol=leerling, sub=pesten\", rol=onbekend]"
        fixture.files["wegwijzer.yaml"]?.replace(
            "onbekend: { to: thema }",
            with: "onbekend: { to: thema, facts: { rol: onbekend } }"
        )
        fixture.files["wegwijzer.yaml"]?.replace(
            "if: \"rol=leerling, sub=pesten\", hide: [vi], places",
            with: list + ", hide: [vi], places"
        )
        let text = String(decoding: try fixture.compile().files.first?.bytes ?? [], as: UTF8.self)
        #expect(text.contains("when rol=leerling sub=pesten !outcome=o4\nwhen rol=onbekend"))
    }

    @Test func `what sleeps is shown to nobody and needs no words`() throws {
        var fixture = TreeFixture()
        fixture.files["duties.yaml"]?.replace(
            "inspector_facts:",
            with:
                "d6: { from: null, sleeps: a bill, if: dader=school, source: [A] }\ninspector_facts:"
        )
        let text = String(decoding: try fixture.compile().files.first?.bytes ?? [], as: UTF8.self)
        #expect(text.contains("show duty d1") && !text.contains("d6"))
    }

    @Test func `the drawing holds every question, answer and outcome`() throws {
        let compilation = try TreeFixture().compile()
        let svg = try #require(TreeDrawing(compilation, language: "nl")?.svg)
        for text in [
            "Is er nu gevaar?", "Weet ik niet", "Bel nu", "otherwise", "<title id=", "<desc",
        ] {
            #expect(svg.contains(text), "\(text)")
        }
        #expect(TreeDrawing(compilation, language: "fr") == nil)
    }

    @Test func `the nearest name is the one with the fewest changes`() {
        #expect(EditDistance.between("kitten", "sitting") == 3)
        #expect(EditDistance.between("", "ab") == 2)
        #expect(EditDistance.nearest(to: "wens", among: ["wie", "wensen", "wenz"]) == "wenz")
        #expect(EditDistance.nearest(to: "wens", among: ["gevraagd"]) == nil)
    }
}

extension String {
    /// One change, which must be possible.
    mutating func replace(_ old: String, with new: String) {
        let changed = replacingOccurrences(of: old, with: new)
        if changed == self { Issue.record("\"\(old)\" is not in the fixture") }
        self = changed
    }
}
