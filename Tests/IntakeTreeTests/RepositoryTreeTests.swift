import Foundation
import SealedIntake
import Testing

@testable import IntakeTree

/// The tree of this repository.
struct RepositoryTreeTests {
    static let folder =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path + "/tree"

    static let today = Day(text: [UInt8]("2026-12-01".utf8)) ?? .last

    @Test func `the tree is sound but for contacts nobody has called and a bill`() {
        let findings = TreeFolder.compile(Self.folder, today: Self.today).findings
        let others = findings.filter {
            !$0.clause.contains("was never checked") && !$0.clause.contains("\"d6\" sleeps")
        }
        #expect(others.map(\.line) == [])
    }

    @Test func `the files of the tree are what is built of it`() throws {
        let files = TreeFolder.compile(Self.folder, today: Self.today).files
        try #require(files.count >= 2)
        for file in files {
            let data = FileManager.default.contents(atPath: Self.folder + "/" + file.name)
            #expect(data.map { [UInt8]($0) } == file.bytes, "intake-admin tree build tree")
        }
        let lying = try FileManager.default.contentsOfDirectory(atPath: Self.folder)
            .filter { $0.hasSuffix(".tree") || $0.hasSuffix(".texts") }
        #expect(Set(lying) == Set(files.map(\.name)))
    }

    @Test func `each reference of the tree is explained, and nothing else is`() throws {
        let data = try #require(
            FileManager.default.contents(atPath: Self.folder + "/SOURCES.md")
        )
        let explained = String(decoding: data, as: UTF8.self).split(separator: "\n").dropFirst()
            .filter { $0.hasPrefix("| ") && $0 != "| reference | source |" }
            .map { $0.dropFirst(2).prefix { $0 != " " } }
        let tree = try #require(
            TreeFolder.compile(Self.folder, today: Self.today).files.first {
                $0.name.hasSuffix(".tree")
            }
        )
        let used = String(decoding: tree.bytes, as: UTF8.self).split(separator: "\n")
            .filter { $0.hasPrefix("source ") }
            .map { $0.dropFirst(7).prefix { $0 != " " && $0 != "(" } }
        let sleeping = TreeFolder.compile(Self.folder, today: Self.today).blueprint.duties
            .filter { $0.sleeps != nil }.flatMap(\.sources).map { $0.prefix { $0 != " " } }
        #expect(Set(used + sleeping) == Set(explained))
    }

    @Test func `sixteen partners are named and the promises are written down`() {
        let blueprint = TreeFolder.compile(Self.folder, today: Self.today).blueprint
        #expect(blueprint.organisations.filter(\.isPartner).count == 16)
        #expect(!blueprint.forbidden.isEmpty)
        #expect(blueprint.required.count >= 10)
        #expect(blueprint.apart.count >= 6)
    }

    /// The proof stands on the model: it must say what the engine says.
    @Test func `the model and the engine agree on random walks`() throws {
        let compilation = TreeFolder.compile(Self.folder, today: Self.today)
        let tree = try DecisionTree(bytes: try #require(compilation.files.first).bytes)
        var model = TreeModel(compilation.blueprint)
        let shown = compilation.entries.map { model.shown($0) }
        var random = SplitRandom(seed: 4)
        var completed = 0
        for _ in 0..<2000 {
            let share = Int.random(in: 1...9, using: &random)
            let held = Set(
                (0..<model.width).filter { _ in
                    Int.random(in: 0..<10, using: &random) < share
                }
            )
            let answers = try #require(Answer.list(lines(model.path(held))))
            let walk = try tree.walk(answers, on: Self.today)
            #expect(walk.isComplete == model.isTrue(model.complete, for: held))
            guard walk.isComplete else { continue }
            completed += 1
            for (index, outcome) in tree.outcomes.enumerated() {
                let id = String(decoding: outcome.id, as: UTF8.self)
                let ends = model.isTrue(model.outcomes[id] ?? TruthDiagram.no, for: held)
                #expect(ends == walk.outcomes.contains(index), "\(id)")
            }
            let theirs = Set(walk.entries.map { name(tree.entries[$0]) })
            let ours = zip(compilation.entries, shown).filter { entry, when in
                entry.block != "desk" && model.isTrue(when, for: held)
            }
            #expect(theirs.filter { !$0.hasPrefix("desk ") } == Set(ours.map { name($0.0) }))
        }
        #expect(completed > 200)
    }

    private func lines(_ path: [String]) -> [UInt8] {
        path.flatMap { [UInt8]($0.utf8) + [0x0A] }
    }

    /// An organisation is shown once, in the first block that has it: its block does not count.
    private func name(_ entry: TreeEntry) -> String {
        let id = String(decoding: entry.id, as: UTF8.self)
        return entry.organisation == nil ? "\(entry.block) \(id)" : id
    }

    private func name(_ entry: TreeEntryPlan) -> String {
        TreeCompiler.blocks.contains(entry.block) ? entry.id : "\(entry.block) \(entry.id)"
    }
}

/// The same numbers each time, so that a failure comes back.
private struct SplitRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
