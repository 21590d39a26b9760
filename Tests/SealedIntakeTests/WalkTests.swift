import Foundation
import SealedIntake
import Testing

/// Random walks over the tree that children are shown.
struct WalkTests {
    static let count = 20_000

    let wegwijzer: Wegwijzer
    let blocks = ["first", "place", "also"]

    init() throws { wegwijzer = try Wegwijzer() }

    /// The digests of the file are of another implementation, which a browser's is held to as well.
    @Test func `two thousand walks come to what another implementation says`() throws {
        let data = try Data(contentsOf: VectorFile.folder.appending(path: "wegwijzer-walks.json"))
        let file = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        let digest = String(decoding: wegwijzer.tree.digest.hex, as: UTF8.self)
        try #require(file?["tree"] as? String == digest, "run Tests/Reporter/make_walks.py")
        let cases = try VectorFile("wegwijzer-walks.json").cases
        #expect(try cases.map { try $0.number("count") }.reduce(0, +) == 2000)
        for one in cases {
            let seed = try one.number("seed")
            var walks = RandomWalks(over: wegwijzer.tree, seed: UInt64(seed))
            var written: [UInt8] = []
            for _ in 0..<(try one.number("count")) { written += try text(walks.next()) }
            #expect(Digest(of: written).hex == (try one.text("digest")), "seed \(seed)")
        }
    }

    private func text(_ answers: [Answer]) throws -> [UInt8] {
        let tree = wegwijzer.tree
        let walk = try tree.walk(answers, on: wegwijzer.day)
        let questions = walk.questions.map { String(decoding: tree.nodes[$0].id, as: UTF8.self) }
        let shown = wegwijzer.shown(walk).flatMap { [$0.block, $0.id] }
        let lines = [
            ["questions"] + questions, ["outcomes"] + wegwijzer.outcomes(walk), ["shown"] + shown,
        ]
        return Answer.text(answers)
            + [UInt8](lines.map { $0.joined(separator: " ") + "\n" }.joined().utf8)
    }

    /// One loop: a walk is made once and held to everything.
    @Test func `every walk ends in help, and says nothing twice`() throws {
        let tree = wegwijzer.tree
        var walks = RandomWalks(over: tree, seed: 1)
        var reached = Set<Int>()
        for _ in 0..<Self.count {
            let answers = walks.next()
            let walk = try tree.walk(answers, on: wegwijzer.day)
            try #require(walk.isComplete && !walk.outcomes.isEmpty)
            reached.formUnion(walk.outcomes)
            try holds(walk)
            try #require(Answer.text(answers).count <= 512)
            try #require(try tree.ordered(answers) == answers)
        }
        #expect(reached == Set(tree.outcomes.indices), "every outcome was met")
    }

    private func holds(_ walk: Walk) throws {
        let tree = wegwijzer.tree
        let kinds = Set(walk.outcomes.map { tree.outcomes[$0].kind })
        try #require(kinds.count == 1 && walk.isDanger == (kinds.first == .danger))
        let entries = walk.entries.map { tree.entries[$0] }
        try #require(zip(walk.entries, walk.entries.dropFirst()).allSatisfy { $0 < $1 })
        let places = entries.compactMap(\.organisation)
        try #require(Set(places).count == places.count, "an organisation is shown once")
        try #require(entries.allSatisfy { $0.holds(on: wegwijzer.day) })
        guard kinds.first != .settled else { return }
        try #require(entries.first?.block == .first, "first help comes first")
        try #require(entries.contains { $0.block == .rung } != walk.isDanger)
        if walk.isDanger {
            let sealed = places.contains { tree.organisations[$0].channel != .open }
            try #require(!sealed && walk.open == nil, "danger has no form")
        }
    }

    @Test func `the order of answers changes nothing`() throws {
        let tree = wegwijzer.tree
        var walks = RandomWalks(over: tree, seed: 2)
        var random = SplitRandom(seed: 2)
        for _ in 0..<500 {
            let answers = walks.next()
            let mixed = answers.shuffled(using: &random)
            #expect(
                try tree.walk(mixed, on: wegwijzer.day) == tree.walk(answers, on: wegwijzer.day)
            )
            #expect(try tree.ordered(mixed) == answers)
        }
    }

    @Test func `a walk without its last question is open there and shows nothing`() throws {
        let tree = wegwijzer.tree
        var walks = RandomWalks(over: tree, seed: 3)
        for _ in 0..<500 {
            let answers = walks.next()
            let last = try #require(answers.last?.question)
            let walk = try tree.walk(answers.filter { $0.question != last }, on: wegwijzer.day)
            if walk.isDanger { continue }
            #expect(walk.open.map { tree.nodes[$0].id } == last)
            #expect(walk.entries.isEmpty)
        }
    }

    @Test func `answers that no tree knows have no order`() throws {
        let tree = wegwijzer.tree
        for (lines, error) in [
            ("x=y\n", WalkError.unknownAnswer), ("rol=leerling\nrol=ouder\n", .twoAnswers),
        ] {
            let answers = try #require(Answer.list([UInt8](lines.utf8)))
            #expect(throws: error) { _ = try tree.ordered(answers) }
        }
    }
}
