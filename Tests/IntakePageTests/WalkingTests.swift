import Foundation
import IntakeOpening
import SealedIntake
import Stage
import Testing

@testable import IntakePage

/// The decision tree of a visit: which is believed, what is walked, which answers are sealed.
@Suite struct WalkingTests {
    let house = PaperHouse()

    init() { house.days = [(day("2026-03-02"), [])] }

    private func seal(_ visit: Visit, _ kind: ReporterMessage.Kind, _ answers: String) -> Outcome {
        visit.seal(
            kind: Parts.number(Int(kind.rawValue)),
            organisation: [UInt8]("nl-vi".utf8),
            text: [UInt8]("Dag.".utf8),
            answers: [UInt8](answers.utf8),
            about: [],
            stamp: Stamp.random().bytes
        )
    }

    private func answers(_ outcome: Outcome) throws -> String {
        try #require(outcome.status == 0)
        let submission = try Submission(bytes: try #require(outcome.parts.first))
        let plaintext = try submission.envelope.open(with: house.party("nl-vi").seal)
        let frame = try Frame(bytes: plaintext, magic: .reporter)
        return text(Answer.text(try ReporterMessage(admitting: frame).answers))
    }

    @Test func `a tree that the roots did not sign is refused unread`() {
        let later = text(PaperHouse.tree).replacing("from 2026-01-01", with: "from 2026-01-02")
        for other in [
            Array(PaperHouse.tree.dropLast()), PaperHouse.tree + [0x0A], [], [UInt8](later.utf8),
        ] {
            house.servedTree = other
            #expect(house.visit().status == OpeningRefusal.tree.rawValue)
        }
        house.servedTree = PaperHouse.tree
        #expect(house.visit().status == 0)
    }

    @Test func `a tree that was signed but is none is refused`() {
        for none in [[], [UInt8]("sealedintake/v2/tree\n".utf8), PaperHouse.tree + [0x0A]] {
            house.signedTree = none
            house.servedTree = none
            #expect(house.visit().status == OpeningRefusal.tree.rawValue)
        }
    }

    @Test func `a page whose tree is not that of the directory says that it was renewed`() {
        house.treeInPage = PaperHouse.tree
        house.signedTree = PaperHouse.tree + [0x0A]
        house.servedTree = house.signedTree
        #expect(house.visit().status == OpeningRefusal.renewed.rawValue)
    }

    @Test(arguments: [
        ("", ["gevaar", "gevaar", "", ""]),
        ("gevaar=nee\nthema=werk\n", ["wie", "gevaar thema wie", "", ""]),
        ("gevaar=nee\nthema=pesten\n", ["", "gevaar thema", "1", "0"]),
        ("gevaar=nu\n", ["", "gevaar", "0", ""]),
    ]) func `a walk says what is asked next, and in the end what is shown`(
        answers: String,
        parts: [String]
    ) {
        let walked = house.visit().visit.walk([UInt8](answers.utf8))
        #expect(walked.status == 0)
        #expect(walked.parts.map(text) == parts)
    }

    @Test func `what is no walk says nothing`() {
        let visit = house.visit().visit
        let none = ["gevaar", "gevaar=misschien\n", "wie=collega\n", "gevaar=nu\nthema=werk\n"]
        for answers in none {
            let walked = visit.walk([UInt8](answers.utf8))
            #expect(walked.status == WalkRefusal.answers.rawValue && walked.parts.isEmpty)
        }
        #expect(Visit().walk([]).status == WalkRefusal.notOpened.rawValue)
    }

    @Test(arguments: ["", "gevaar=nee\n", "gevaar=nee\nthema=werk\n", "wie=collega\n", "x=y\n"])
    func `a report whose answers do not walk to an end is not sealed`(answers: String) {
        #expect(seal(house.visit().visit, .report, answers).status == SealRefusal.walk.rawValue)
    }

    @Test func `answers are sealed in the order of the tree`() throws {
        let sealed = seal(
            house.visit().visit,
            .report,
            "wie=collega\nthema=werk\ngevaar=nee\nthema=pesten\n"
        )
        #expect(try answers(sealed) == "gevaar=nee\nthema=pesten\nthema=werk\nwie=collega\n")
    }

    @Test func `who goes on after danger may report`() throws {
        #expect(try answers(seal(house.visit().visit, .report, "gevaar=nu\n")) == "gevaar=nu\n")
    }

    @Test func `a follow-up has no answers, or ones that walk`() throws {
        let visit = house.visit().visit
        #expect(try answers(seal(visit, .followUp, "")) == "")
        #expect(seal(visit, .followUp, "gevaar=nee\n").status == SealRefusal.walk.rawValue)
        #expect(seal(visit, .followUp, "gevaar").status == SealRefusal.answers.rawValue)
    }
}
