import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// Scenarios of routing at a desk, with the tree of this repository.
@Suite struct RouteTests {
    let scene: RouteScene

    static let sexual =
        "gevaar=nee\nrol=leerling\nschool=vo\nthema=seksueel\nseks=dwang\nwanneer=door\n"
        + "wie-seks=school\nleeftijd-ik=onder18\n"
    static let bullied =
        "gevaar=nee\nrol=leerling\nschool=vo\nthema=pesten\ngrond=onbekend\nwie=leerling\nbekend=nee\n"
        + "wens=stoppen\n"
    static let colleague = "gevaar=nee\nrol=personeel\nschool=vo\nover=ik\nwerk=collega\n"

    init() throws {
        scene = try RouteScene()
        try scene.put(try TestTree.repository())
    }

    private func route(
        _ answers: String,
        setting facts: [String] = [],
        language: String? = nil
    ) throws -> Route {
        try scene.route(try scene.bring([answers])[0], setting: facts, language: language)
    }

    @Test func `a pupil, something sexual, and somebody of the school`() throws {
        let route = try route(Self.sexual)
        #expect(route.basis == .inForce)
        #expect(route.walked?.outcomes.map(\.id) == ["o14"])
        #expect(route.ids(.desk).contains("desk-geheim"))
        #expect(route.ids(.desk).contains("desk-geen-derden"))
        #expect(!route.ids(.desk).contains("desk-justitie"))
        #expect(!route.ids(.desk).contains("desk-aangifte"))
        #expect(route.ids(.duty).contains("d4"))
        #expect(route.ids(.first).contains("csg"))
        #expect(route.ids(.place).contains("vi"))
        let secret = route.walked?.entries.first { $0.id == "desk-geheim" }
        #expect(secret?.sources.contains("WOT 6(6)") == true)
        #expect(route.answers.first?.text == "Is er nu gevaar?")
    }

    @Test func `a reasonable suspicion brings the duty to go to the police`() throws {
        let route = try route(Self.sexual, setting: ["redelijk_vermoeden=ja"])
        #expect(route.ids(.desk).contains("desk-aangifte"))
        #expect(route.ids(.desk).contains("desk-geheim"))
        #expect(route.facts.map { String(utf8: $0.text) } == ["redelijk_vermoeden=ja"])
    }

    @Test func `between colleagues a desk only gives advice`() throws {
        let thread = try scene.bring([Self.colleague])[0]
        #expect(try scene.route(thread).ids(.desk).contains("desk-personeel"))
        let bullied = try scene.bring([Self.bullied])[0]
        #expect(try !scene.route(bullied).ids(.desk).contains("desk-personeel"))
        let set = try scene.route(bullied, setting: ["personele_zaak=ja"])
        #expect(set.ids(.desk).contains("desk-personeel"))
    }

    @Test func `without the sexual categories only justice may be told, with a reason`() throws {
        let route = try route(Self.bullied)
        #expect(route.ids(.desk).contains("desk-justitie"))
        #expect(!route.ids(.desk).contains("desk-geheim"))
        #expect(route.ids(.rung).first == "vp")
    }

    @Test func `only the reporter's own yes makes transfer lawful`() throws {
        let other = try #require(OrganisationID(ascii: ascii("helpdesk")))
        let person = TestPerson(scene.setting.organisation, other)
        let key = scene.setting.key()
        let tree = scene.setting.tree
        try scene.bring([person.first.send("help", answers: Self.sexual, tree: tree, to: key)])
        let thread = String(String(utf8: person.first.keys.threadDigest.hex).prefix(8))
        let before = try scene.route(thread)
        #expect(before.agreed == [])
        #expect(before.ids(.desk).contains("desk-geheim"))
        let foreign = SealingKeyPair.random().publicKey
        try scene.bring([person.consent(to: key, other: foreign)])
        let after = try scene.route(thread)
        #expect(after.agreed == [other])
        #expect(after.ids(.desk).contains("desk-doorgifte"))
        #expect(after.ids(.desk).contains("desk-geheim"), "a yes to one lifts nothing to others")
        #expect(after.facts == [])
    }

    @Test func `danger says its numbers and no duty`() throws {
        let route = try route("gevaar=dood\n")
        #expect(route.walked?.isDanger == true)
        #expect(route.ids(.first).contains("lijn113"))
        #expect(route.ids(.duty) == [])
    }

    @Test func `any institution may be named, capitals too`() throws {
        let route = try route(Self.bullied, setting: ["Instelling_id=12AB", "ernst=hoog"])
        #expect(route.facts.map { String(utf8: $0.text) } == ["instelling_id=12ab", "ernst=hoog"])
        #expect(route.ids(.desk).contains("desk-ernst"))
        #expect(!route.settable.contains { String(utf8: $0.name) == "toestemming_doorgifte" })
    }

    @Test func `the words may be in another language`() throws {
        let route = try route(Self.bullied, language: "en")
        #expect(route.walked?.language == "en")
        #expect(route.answers.first?.text?.contains("danger") == true)
    }

    @Test func `answers that stop say where`() throws {
        let route = try route("gevaar=nee\nrol=leerling\n")
        #expect(route.walked?.open == "Wat voor school is het?")
        #expect(route.ids(.place) == [])
    }

    @Test func `deadlines count from the day the report came`() throws {
        let thread = try scene.bring([Self.bullied])[0]
        let open = try scene.route(thread).deadlines
        #expect(open.came == TestDesk.today)
        #expect(open.confirmBy == TestDesk.today.adding(7))
        #expect(open.confirmed == nil && open.answered == nil)
        let confirmed = TestDesk.today.adding(2)
        try reply(.received, to: thread, confirmed)
        try reply(.question, to: thread, confirmed.adding(1))
        let later = try scene.route(thread).deadlines
        #expect(later.confirmed == confirmed && later.answered == nil)
        #expect(later.answerBy == Deadlines.threeMonths(after: confirmed))
        try reply(.message, to: thread, confirmed.adding(9))
        #expect(try scene.route(thread).deadlines.answered == confirmed.adding(9))
        _ = try scene.setting.desk.withdraw(3, in: thread, today: confirmed.adding(9))
        #expect(try scene.route(thread).deadlines.answered == nil)
    }

    @Test func `who confirms late has no more time to answer`() throws {
        let thread = try scene.bring([Self.bullied])[0]
        let due = TestDesk.today.adding(7)
        try reply(.received, to: thread, due.adding(1))
        let deadlines = try scene.route(thread).deadlines
        #expect(deadlines.confirmed == due.adding(1))
        #expect(deadlines.answerBy == Deadlines.threeMonths(after: due))
    }

    private func reply(_ kind: Reply.Kind, to thread: String, _ day: Day) throws {
        _ = try scene.setting.desk.reply(to: thread, kind: kind, text: ascii("Hoi."), today: day)
    }

    @Test(arguments: [
        ("2026-11-23", "2027-02-23"), ("2026-11-30", "2027-02-28"), ("2027-11-30", "2028-02-29"),
        ("2026-12-31", "2027-03-31"),
    ])
    func `three months end on the same day, or on the last of the month`(
        day: String,
        end: String
    ) throws {
        let first = try #require(Day(text: ascii(day)))
        #expect(String(utf8: Deadlines.threeMonths(after: first).text) == end)
    }
}
