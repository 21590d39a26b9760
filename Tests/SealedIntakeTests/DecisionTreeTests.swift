import SealedIntake
import Testing

/// The form of the tree file, and what a walk over it comes to.
struct DecisionTreeTests {
    /// A tree with each thing the form knows.
    static let text = """
        sealedintake/v1/tree
        from 2026-12-01
        texts nl \(String(repeating: "00", count: 32))
        texts en \(String(repeating: "11", count: 32))
        question gevaar one
        answer nu to o01
        answer nee to rol
        answer onbekend to rol hulpbalk=groot
        source S0 r107
        question rol one
        answer leerling to thema rol=leerling
        answer bestuur to thema rol=bestuur
        answer onbekend to thema
        question thema many
        answer pesten to wie cat=psychisch sub=pesten
        answer wapen to wapen cat=fysiek
        answer overig to wie
        question wapen one
        answer nu to o01
        answer nee to o20
        question wie one
        answer school to plicht dader=school
        answer onbekend to o40
        rule plicht
        case o17 rol=bestuur
        case o40 !cat=fysiek
        case o20
        outcome o01 danger 0
        outcome o17 help 4
        outcome o20 help 3
        outcome o40 help 1
        organisation alarm open no
        contact tel 2026-11-25 - 112
        organisation kt open yes
        contact tel read dagelijks 0800-0432
        contact web none - kindertelefoon.nl
        source KT
        organisation vi sealed yes nl-vi
        organisation mentor school no
        show first alarm
        when outcome=o01
        show first kt
        when outcome=o40 rol=leerling
        when outcome=o20
        show place kt
        when outcome=o40
        show place vi
        when outcome=o17
        when outcome=o20
        source WOT 6(2)
        show also mentor
        when !dader=school !outcome=o40
        show duty d1 from 2026-12-01 until 2026-12-31
        when rol=bestuur dader=school
        show desk d3
        when redelijk_vermoeden=ja
        fact redelijk_vermoeden ja nee
        fact instelling_id

        """

    static func tree() throws -> DecisionTree { try DecisionTree(bytes: [UInt8](text.utf8)) }

    let day = Day(text: ascii("2026-12-01")) ?? .last

    /// What is shown for answers, as words: "first kt".
    private func shown(
        _ answers: String,
        adding facts: [Fact] = [],
        on day: Day? = nil
    ) throws -> [String] {
        let tree = try Self.tree()
        let walk = try tree.walk(
            Answer.list([UInt8](answers.utf8)) ?? [],
            adding: facts,
            on: day ?? self.day
        )
        return walk.entries.map { index in
            let entry = tree.entries[index]
            return "\(entry.block) \(String(decoding: entry.id, as: UTF8.self))"
        }
    }

    @Test func `a file in the form is read whole`() throws {
        let tree = try Self.tree()
        #expect(tree.validFrom == day)
        #expect(tree.texts.count == 2)
        #expect(tree.nodes.count == 6)
        #expect(tree.nodes[0].sources == [ascii("S0 r107")])
        #expect(tree.organisations[1].contacts[1].evidence == .none)
        #expect(tree.organisations[1].contacts[0].hours == ascii("dagelijks"))
        #expect(
            tree.organisations[2].channel
                == .sealed(try #require(OrganisationID(ascii: ascii("nl-vi"))))
        )
        #expect(tree.entries[3].sources == [ascii("WOT 6(2)")])
        #expect(tree.deskFacts.map(\.values.count) == [2, 0])
    }

    @Test func `danger ends the walk at once, whatever else was chosen`() throws {
        #expect(try shown("gevaar=nu\n") == ["first alarm"])
        let both = "gevaar=nee\nrol=onbekend\nthema=pesten\nthema=wapen\nwapen=nu\n"
        #expect(try shown(both) == ["first alarm"])
        #expect(try Self.tree().walk(Answer.list(ascii("gevaar=nu\n")) ?? [], on: day).isDanger)
    }

    @Test func `nothing is shown before every question reached has an answer`() throws {
        let tree = try Self.tree()
        let walk = try tree.walk(
            Answer.list(
                ascii("gevaar=nee\nrol=onbekend\nthema=wapen\nthema=overig\nwie=onbekend\n")
            )
                ?? [],
            on: day
        )
        #expect(walk.open == 3)
        #expect(walk.questions == [0, 1, 2, 3, 4])
        #expect(walk.entries.isEmpty)
        #expect(try tree.walk([], on: day).open == 0)
        let both = Answer.list(ascii("gevaar=nee\nrol=onbekend\nthema=wapen\nthema=overig\n"))
        #expect(try tree.walk(both ?? [], on: day).open == 3, "the first of two")
    }

    @Test func `several answers merge, and an organisation is shown once, where it comes first`()
        throws
    {
        let merged =
            "gevaar=nee\nrol=leerling\nthema=wapen\nthema=overig\nwie=onbekend\nwapen=nee\n"
        #expect(try shown(merged) == ["first kt", "place vi"])
        let settled = "gevaar=nee\nrol=onbekend\nthema=overig\nwie=onbekend\n"
        #expect(try shown(settled) == ["place kt"])
    }

    @Test func `what is settled counts only where no other outcome is reached`() throws {
        let text = Self.text.replacing("outcome o40 help 1", with: "outcome o40 settled 1")
        let tree = try DecisionTree(bytes: [UInt8](text.utf8))
        func ends(_ answers: String) throws -> [String] {
            let walk = try tree.walk(Answer.list([UInt8](answers.utf8)) ?? [], on: day)
            return walk.outcomes.map { String(decoding: tree.outcomes[$0].id, as: UTF8.self) }
        }
        let settled = "gevaar=nee\nrol=onbekend\nthema=overig\nwie=onbekend\n"
        #expect(try ends(settled) == ["o40"])
        #expect(try ends(settled + "thema=wapen\nwapen=nee\n") == ["o20"])
        #expect(try ends(settled + "thema=wapen\nwapen=nu\n") == ["o01"])
    }

    @Test func `a rule takes the first case that holds`() throws {
        let board = "gevaar=nee\nrol=bestuur\nthema=pesten\nwie=school\n"
        #expect(try shown(board) == ["place vi", "duty d1"])
        let pupil = "gevaar=nee\nrol=leerling\nthema=pesten\nwie=school\n"
        #expect(try shown(pupil) == ["first kt"])
    }

    @Test func `a duty holds from its first to its last day`() throws {
        let board = "gevaar=nee\nrol=bestuur\nthema=pesten\nwie=school\n"
        #expect(try shown(board, on: day.previous) == ["place vi"])
        #expect(try shown(board, on: day.adding(30)).contains("duty d1"))
        #expect(try shown(board, on: day.adding(31)) == ["place vi"])
    }

    @Test func `a desk adds facts that it may, and no other`() throws {
        let board = "gevaar=nee\nrol=bestuur\nthema=pesten\nwie=school\n"
        let suspicion = Fact(name: ascii("redelijk_vermoeden"), value: ascii("ja"))
        #expect(try shown(board, adding: [suspicion]).contains("desk d3"))
        let any = Fact(name: ascii("instelling_id"), value: ascii("00ab"))
        #expect(try !shown(board, adding: [any]).contains("desk d3"))
        for fact in ["redelijk_vermoeden=misschien", "rol=bestuur", "x=y"] {
            let fact = try #require(Fact([UInt8](fact.utf8)))
            #expect(throws: WalkError.unknownFact) { _ = try shown(board, adding: [fact]) }
        }
    }

    @Test(arguments: [
        ("gevaar=misschien\n", WalkError.unknownAnswer), ("x=y\n", .unknownAnswer),
        ("plicht=x\n", .unknownAnswer), ("gevaar=nee\ngevaar=onbekend\n", .twoAnswers),
        ("gevaar=nee\nrol=onbekend\nthema=pesten\nthema=pesten\n", .twoAnswers),
        ("rol=leerling\n", .notAsked), ("gevaar=nu\nrol=leerling\n", .notAsked),
    ]) func `answers that do not walk are refused`(answers: String, error: WalkError) throws {
        #expect(throws: error) { _ = try shown(answers) }
    }

    @Test(arguments: [
        ("from 2026-12-01", "from 2026-13-01", 2), ("from 2026-12-01\n", "", 2),
        ("texts en ", "texts EN_ ", 4), ("texts en ", "texts nl ", 4),
        ("texts en 11", "texts en 1", 4),
        ("question gevaar one", "question gevaar some", 5),
        ("answer nu to o01", "answer nu o01", 6),
        ("answer nee to rol\n", "answer nu to rol\n", 7), ("hulpbalk=groot", "hulpbalk", 8),
        ("hulpbalk=groot", "outcome=o01", 8), ("source S0 r107", "source ", 9),
        ("source S0 r107", "source  S0", 9), ("question rol one", "question gevaar one", 10),
        ("case o20\n", "", 26), ("case o17 rol=bestuur", "case o17 outcome=o20", 25),
        ("outcome o01 danger 0", "outcome o01 danger 9", 28),
        ("outcome o17 help", "outcome o01 help", 29), ("outcome o20 help", "outcome o20 x", 30),
        ("organisation kt open yes", "organisation kt open maybe", 34),
        ("sealed yes nl-vi", "sealed yes", 38), ("mentor school no", "mentor school no x", 39),
        ("contact tel read dagelijks 0800-0432", "contact tel read dagelijks", 35),
        ("contact web none", "contact fax none", 36), ("show first kt", "show first x", 42),
        ("show place kt", "show first kt", 45), ("show first alarm", "show where alarm", 40),
        ("show also mentor", "show first mentor", 51), ("until 2026-12-31", "until", 53),
        ("fact redelijk_vermoeden ja", "fact instelling_id ja", 58),
        ("fact inst", "facts inst", 58), ("fact instelling_id", "fact outcome o01", 58),
        ("until 2026-12-31", "until 2026-12-31 2027-01-01", 53),
        ("case o20", "case o20\ncase o40", 27),
    ]) func `a line that is not in the form is named`(old: String, new: String, line: Int) throws {
        let text = Self.text.replacing(old, with: new, maxReplacements: 1)
        try #require(text != Self.text)
        let error = try #require(throws: DecisionTreeError.self, "\(new)") {
            _ = try DecisionTree(bytes: [UInt8](text.utf8))
        }
        #expect(error == .badLine(line) || error == .twice(line), "\(error) for \(new)")
    }

    @Test(arguments: [
        ("answer nee to rol", "answer nee to gevaar", DecisionTreeError.noTarget),
        ("answer nee to rol", "answer nee to nergens", .noTarget),
        (
            "question wie one\nanswer school to plicht", "question wie one\nanswer school to rol",
            .noTarget
        ),
        ("show first alarm", "show first alarm\nshow first kt", .badLine(41)),
        ("question gevaar one", "rule eerst\ncase gevaar\nquestion gevaar one", .badLine(29)),
        ("\n", "", .badLine(1)),
    ]) func `what does not hang together is refused`(
        old: String,
        new: String,
        error: DecisionTreeError
    ) throws {
        let text = Self.text.replacing(old, with: new, maxReplacements: 1)
        #expect(throws: error) { _ = try DecisionTree(bytes: [UInt8](text.utf8)) }
    }

    @Test func `a rule asks for nothing that a later question gives`() throws {
        let rule = "rule plicht\ncase o17 rol=bestuur\ncase o40 !cat=fysiek\ncase o20\n"
        let text = Self.text.replacing(rule, with: "")
            .replacing("answer school to plicht", with: "answer school to o20")
            .replacing(
                "question rol one",
                with: "rule plicht\ncase o17 rol=bestuur\ncase rol\nquestion rol one"
            )
        #expect(throws: DecisionTreeError.factTooLate) {
            _ = try DecisionTree(bytes: [UInt8](text.utf8))
        }
    }

    @Test func `a file cut anywhere is refused or another file`() throws {
        let bytes = [UInt8](Self.text.utf8)
        let whole = try DecisionTree(bytes: bytes)
        for end in bytes.indices {
            guard let cut = try? DecisionTree(bytes: [UInt8](bytes[..<end])) else { continue }
            #expect(cut.digest != whole.digest)
        }
    }
}

/// The form of a language's texts.
struct TreeTextsTests {
    @Test func `texts are found by key, and lists by number`() throws {
        let texts = try TreeTexts(
            bytes: [UInt8]("sealedintake/v1/texts ar rtl\na.1 één\na.2 twee drie\nb_c-1 x\n".utf8)
        )
        #expect(texts.isRightToLeft)
        #expect(texts[ascii("b_c-1")] == ascii("x"))
        #expect(texts[ascii("a")] == nil)
        #expect(texts[ascii("z")] == nil)
        #expect(
            texts.list(ascii("a")).map { String(decoding: $0, as: UTF8.self) } == [
                "één", "twee drie",
            ]
        )
    }

    @Test(arguments: [
        ("", 1), ("sealedintake/v1/texts nl\n", 1), ("sealedintake/v1/texts nl up\n", 1),
        ("sealedintake/v1/tree nl ltr\n", 1), ("sealedintake/v1/texts nl ltr\na", 2),
        ("sealedintake/v1/texts nl ltr\na\n", 2), ("sealedintake/v1/texts nl ltr\na \n", 2),
        ("sealedintake/v1/texts nl ltr\nb x\na x\n", 3),
        ("sealedintake/v1/texts nl ltr\nb x\nb x\n", 3),
        ("sealedintake/v1/texts nl ltr\nA x\n", 2), ("sealedintake/v1/texts nl ltr\na \u{7}\n", 2),
    ]) func `a line that is not in the form is named`(text: String, line: Int) {
        #expect(throws: TreeTextsError.badLine(line)) {
            _ = try TreeTexts(bytes: [UInt8](text.utf8))
        }
    }
}
