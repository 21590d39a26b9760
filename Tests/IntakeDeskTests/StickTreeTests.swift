import Foundation
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// The decision tree beside a bundle: taken when it is the right one, never a reason to lose a
/// report.
@Suite struct StickTreeTests {
    let scene: RouteScene
    let tree = TestTree()

    init() throws {
        scene = try RouteScene()
    }

    private func news(_ sent: [TestReporter.Sent] = []) throws -> TreeNews {
        try scene.bring(sent).tree
    }

    private func files() throws -> Int64 {
        try scene.setting.desk.vault.read { cells in
            try cells.lastRow(of: .tree)
        }
    }

    /// Brings a stick with a report; the report is there whatever lies beside it.
    private func refuse(_ stick: TestTree, saying words: String) throws {
        try scene.put(stick, named: tree.digest)
        let report = scene.setting.reporter().send("Toch gelezen.", to: scene.setting.key())
        let outcome = try scene.bring([report])
        #expect(outcome.messages == 1)
        #expect(outcome.tree.fault?.clause.contains(words) == true, "\(outcome.tree)")
        #expect(try files() == 0)
        #expect(try scene.setting.desk.threads().count == 1)
    }

    @Test func `the tree that the directory names is kept with its texts, once`() throws {
        try scene.put(tree)
        #expect(try news() == .taken)
        #expect(try files() == 2)
        #expect(try news() == .held)
        #expect(try files() == 2)
    }

    @Test func `a stick without a tree is taken, and it says that one is missing`() throws {
        try scene.put(nil)
        #expect(try news() == .missing)
        try scene.put(tree)
        #expect(try news() == .taken)
        try scene.put(nil, named: tree.digest)
        #expect(try news() == .held)
    }

    @Test func `another tree than the directory names is not taken`() throws {
        try refuse(TestTree(second: "best"), saying: "not the decision tree that the directory")
    }

    @Test func `one byte of the tree changed`() throws {
        var stick = tree
        stick.files["wegwijzer.tree"]?[60] ^= 1
        try refuse(stick, saying: "not the decision tree that the directory names")
    }

    @Test func `one byte of the texts changed`() throws {
        var stick = tree
        stick.files["wegwijzer.nl.texts"]?[40] ^= 1
        try refuse(stick, saying: "wegwijzer.nl.texts\" is not the texts file that the")
    }

    @Test func `texts that did not come along`() throws {
        var stick = tree
        stick.files["wegwijzer.nl.texts"] = nil
        try refuse(stick, saying: "wegwijzer.nl.texts\" cannot be read")
    }

    @Test func `a pipe in the place of the tree keeps nobody waiting`() throws {
        try scene.put(nil, named: tree.digest)
        try #require(mkfifo(scene.setting.folder.file("wegwijzer.tree"), 0o600) == 0)
        guard case .refused(.file(.notAFile), isHeld: false) = try news() else {
            Issue.record("it must be said")
            return
        }
    }

    @Test func `a tree that a newer program wrote`() throws {
        var stick = tree
        stick.files["wegwijzer.tree"] = ascii("sealedintake/v2/tree\n")
        try scene.put(stick)
        guard case .refused(.unknownForm, isHeld: false) = try news() else {
            Issue.record("it must be said")
            return
        }
    }

    @Test func `a wrong tree does not take the place of the right one`() throws {
        try scene.put(tree)
        #expect(try news() == .taken)
        try scene.put(TestTree(second: "best"), named: tree.digest)
        guard case .refused(.otherTree, isHeld: true) = try news() else {
            Issue.record("it must be said")
            return
        }
        #expect(try files() == 2)
    }

    @Test func `each report is shown with the tree it was written with`() throws {
        try scene.put(tree)
        let old = try scene.bring(["goed=ja\n"])[0]
        let newer = TestTree(says: "Hoe gaat het?")
        try scene.put(newer)
        let new = try scene.bring(["goed=ja\n"])[0]
        let lines = try scene.setting.desk.threads().reduce(into: [:]) { lines, thread in
            lines[thread.thread] = thread.answersInWords.map(\.line)
        }
        #expect(lines == [old: ["Gaat het goed? Ja hoor"], new: ["Hoe gaat het? Ja hoor"]])
        #expect(try scene.setting.desk.threads().allSatisfy { !$0.lacksTree })
    }

    @Test func `without their tree answers are shown by name, and it is said`() throws {
        let thread = try scene.bring(["goed=ja\n"], tree: tree.digest)[0]
        let view = try scene.setting.desk.thread(thread)
        #expect(view.summary.answersInWords.map(\.line) == ["goed = ja"])
        #expect(view.summary.lacksTree)
        #expect(view.messages.map { $0.answers.map(\.line) } == [["goed = ja"]])
    }

    @Test func `texts that two trees share are kept once`() throws {
        try scene.put(tree)
        try scene.bring()
        var later = tree
        let bytes = try #require(tree.files["wegwijzer.tree"])
        later.files["wegwijzer.tree"] = ascii(
            String(utf8: bytes).replacing("from 2026-11-01", with: "from 2026-11-02")
        )
        try scene.put(later)
        #expect(try news() == .taken)
        #expect(try files() == 3)
    }
}
