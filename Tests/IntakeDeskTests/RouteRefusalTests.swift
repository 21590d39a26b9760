import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// What cannot be routed, and what is said of answers that fit another tree than the one in force.
@Suite struct RouteRefusalTests {
    let scene: RouteScene
    let tree = TestTree()

    init() throws {
        scene = try RouteScene()
    }

    private func refuse(
        _ thread: String,
        setting facts: [String] = [],
        language: String? = nil,
        _ expected: RouteError,
        saying words: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        #expect(throws: expected, sourceLocation: sourceLocation) {
            try scene.route(thread, setting: facts, language: language)
        }
        #expect(expected.clause.contains(words), "\(expected.clause)")
    }

    @Test func `a thread that is not there`() throws {
        try scene.put(tree)
        try scene.bring()
        #expect(throws: RequestError.noSuchThread("12345678")) {
            try scene.route("12345678")
        }
    }

    @Test func `a reporter who sent no answers`() throws {
        try scene.put(tree)
        let thread = try scene.bring([""])[0]
        try refuse(thread, .noAnswers, saying: "sent no answers")
    }

    @Test func `a vault without any tree`() throws {
        let thread = try scene.bring(["goed=nee\n"], tree: tree.digest)[0]
        try refuse(thread, .noTree, saying: "the decision tree is not here yet")
    }

    @Test func `a language that the tree does not have`() throws {
        try scene.put(tree)
        let thread = try scene.bring(["goed=nee\n"])[0]
        try refuse(
            thread,
            language: "fr",
            .unknownLanguage("fr", known: ["nl"]),
            saying: "no texts in \"fr\", it must be nl"
        )
    }

    @Test func `wrong facts are named with what they may be`() throws {
        try scene.put(try TestTree.repository())
        let thread = try scene.bring([RouteTests.bullied])[0]
        let known = [
            "redelijk_vermoeden", "personele_zaak", "ernst", "verwezen_naar_zedenpolitie",
            "instelling_id", "casus_id",
        ]
        try refuse(
            thread,
            setting: ["kleur=rood"],
            .unknownFact("kleur", known: known),
            saying: "instelling_id or casus_id"
        )
        try refuse(
            thread,
            setting: ["ernst=erg"],
            .unknownValue("erg", fact: "ernst", known: ["laag", "midden", "hoog"]),
            saying: "ernst cannot be \"erg\", it must be laag, midden or hoog"
        )
        for typed in ["ernst", "ernst=", "=hoog", "ernst=hoog=laag", "er nst=hoog", "e=h\u{202E}"] {
            try refuse(thread, setting: [typed], .notAFact(typed), saying: "must be FACT=VALUE")
        }
        #expect(!RouteError.notAFact("a\u{202E}").clause.contains("\u{202E}"))
        try refuse(
            thread,
            setting: ["ernst=hoog", "ernst=hoog"],
            .factTwice("ernst"),
            saying: "ernst is set twice"
        )
    }

    @Test func `nobody at a desk can say that the reporter agreed`() throws {
        try scene.put(try TestTree.repository())
        let thread = try scene.bring([RouteTests.sexual])[0]
        try refuse(
            thread,
            setting: ["toestemming_doorgifte=ja"],
            .consentNotOurs("toestemming_doorgifte"),
            saying: "it is what the reporter said"
        )
    }

    @Test func `facts under which the answers lead elsewhere`() throws {
        try scene.put(tree)
        let thread = try scene.bring(["goed=nee\n"])[0]
        #expect(try scene.route(thread, setting: ["ernst=laag"]).walked?.open == nil)
        #expect(try scene.route(thread, setting: ["ernst=hoog"]).walked?.open == "dieper")
    }

    @Test func `an older report whose answers fit the tree in force`() throws {
        try scene.put(tree)
        let thread = try scene.bring(["goed=nee\n"])[0]
        try scene.put(TestTree(says: "Hoe gaat het?"))
        try scene.bring()
        let route = try scene.route(thread)
        #expect(route.basis == .inForceForOlder)
        #expect(route.basis.note?.contains("another decision tree") == true)
        #expect(route.answers.map(\.line) == ["Gaat het goed? Nee"])
        #expect(route.walked?.outcomes.map(\.id) == ["o2"])
    }

    @Test func `an older report whose answers no longer fit keeps its own route`() throws {
        try scene.put(tree)
        let thread = try scene.bring(["goed=ja\n"])[0]
        try scene.put(TestTree(second: "best"))
        try scene.bring()
        let route = try scene.route(thread)
        #expect(route.basis == .written)
        #expect(route.basis.note?.contains("may have changed since") == true)
        #expect(route.walked?.outcomes.map(\.id) == ["o1"])
    }

    @Test func `where only the report's own tree is here, that one routes`() throws {
        try scene.put(tree)
        let thread = try scene.bring(["goed=ja\n"])[0]
        try scene.put(nil, named: TestTree(second: "best").digest)
        try scene.bring()
        let route = try scene.route(thread)
        #expect(route.basis == .writtenOnly)
        #expect(route.walked?.outcomes.map(\.id) == ["o1"])
    }

    @Test func `a report of a tree that is not here and that does not fit`() throws {
        try scene.put(tree)
        let thread = try scene.bring(["goed=best\n"], tree: TestTree(second: "best").digest)[0]
        let route = try scene.route(thread)
        #expect(route.basis == .none(.unknownAnswer, isHeld: false))
        #expect(route.basis.note?.contains("a decision tree that is not here") == true)
        #expect(route.walked == nil)
        #expect(route.answers.map(\.line) == ["goed = best"])
        #expect(route.deadlines.confirmBy == TestDesk.today.adding(7))
    }

    @Test func `answers that do not walk the tree they name`() throws {
        try scene.put(tree)
        let thread = try scene.bring(["goed=ja\ndieper=ja\n"])[0]
        let route = try scene.route(thread)
        #expect(route.basis == .none(.notAsked, isHeld: true))
        #expect(route.basis.note?.contains("not written with our page") == true)
        #expect(route.answers.map(\.line) == ["Gaat het goed? Ja hoor", "dieper = ja"])
    }

    @Test func `a fact under which an answer was never asked`() throws {
        try scene.put(TestTree(rule: "case o2 ernst=hoog\ncase dieper"))
        let thread = try scene.bring(["goed=nee\ndieper=ja\n"])[0]
        #expect(try scene.route(thread).walked?.outcomes.map(\.id) == ["o2"])
        try refuse(thread, setting: ["ernst=hoog"], .factsDoNotFit, saying: "with these facts")
    }
}
