import Foundation
import SealedIntake
import Testing

@testable import IntakeTree

/// The stories of `Tests/Vectors/stories.txt` over the tree of this repository.
struct StoryTests {
    static let stories = (try? Story.all()) ?? []

    static let tree = Result {
        try TypedWalk(path: RepositoryTreeTests.folder + "/wegwijzer.tree")
    }

    @Test func `there are as many stories as there must be`() throws {
        #expect(try Story.all().count >= 60)
        #expect(Set(try Story.all().map(\.name)).count == Self.stories.count)
    }

    @Test(arguments: stories)
    func `each story comes to what it must`(_ story: Story) throws {
        let walked = try Self.tree.get()
        let walk = try walked.walk(story.answers, setting: story.set, on: RepositoryTreeTests.today)
        #expect(walk.isComplete)
        var shown = walk.entries.map { index in
            let entry = walked.tree.entries[index]
            return "\(entry.block):" + String(decoding: entry.id, as: UTF8.self)
        }
        let outcomes = walk.outcomes.map { index in
            String(decoding: walked.tree.outcomes[index].id, as: UTF8.self)
        }
        shown += outcomes.map { "outcome:" + $0 } + outcomes.prefix(1).map { "title:" + $0 }
        shown += inSight(walk.entries, of: walked.tree).map { "seen:" + $0 }
        for wanted in story.must { #expect(Story.holds(wanted, among: shown), "\(wanted)") }
        for banned in story.not { #expect(!Story.holds(banned, among: shown), "not \(banned)") }
    }

    /// A name that is no longer in the tree would ban nothing.
    @Test(arguments: stories)
    func `each name of a story is one of the tree`(_ story: Story) throws {
        let tree = try Self.tree.get().tree
        let known = Set(tree.entries.map(\.id) + tree.outcomes.map(\.id) + [ascii("*")])
        for word in story.must + story.not {
            let id = word.split(separator: ":", maxSplits: 1).last.map { [UInt8]($0.utf8) }
            #expect(known.contains(id ?? []), "\(word)")
        }
    }

    /// The organisations whose rows are not folded: the first of first help that has one, and the
    /// first place.
    private func inSight(_ entries: [Int], of tree: DecisionTree) -> [String] {
        [TreeEntry.Block.first, .place].compactMap { block in
            let places = entries.filter { tree.entries[$0].block == block }
                .compactMap { tree.entries[$0].organisation }.map { tree.organisations[$0] }
            return places.first { $0.hasRow || block == .place }
                .map { String(decoding: $0.id, as: UTF8.self) }
        }
    }

    private func ascii(_ text: String) -> [UInt8] { [UInt8](text.utf8) }
}

/// Who tells, what they chose, and what must come of it.
struct Story: Sendable, CustomTestStringConvertible {
    let name: String
    var answers: [String] = []
    var set: [String] = []
    var must: [String] = []
    var not: [String] = []
    var testDescription: String { name }

    static func all() throws -> [Story] {
        let path = RepositoryTreeTests.folder + "/../Tests/Vectors/stories.txt"
        var stories: [Story] = []
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
            if line.hasPrefix("## ") { stories.append(Story(name: String(line.dropFirst(3)))) }
            guard var story = stories.popLast() else { continue }
            let words = line.split(separator: " ").dropFirst().map(String.init)
            if line.hasPrefix("answers: ") { story.answers = words }
            if line.hasPrefix("set: ") { story.set = words }
            if line.hasPrefix("must: ") { story.must = words }
            if line.hasPrefix("not: ") { story.not = words }
            stories.append(story)
        }
        return stories
    }

    /// `BLOCK:ID`; `any` is the three blocks of organisations, `*` any id.
    static func holds(_ wanted: String, among shown: [String]) -> Bool {
        let parts = wanted.split(separator: ":", maxSplits: 1).map(String.init)
        let blocks = parts[0] == "any" ? TreeCompiler.blocks : [parts[0]]
        return shown.contains { one in
            blocks.contains { block in
                one == "\(block):\(parts[1])" || parts[1] == "*" && one.hasPrefix(block + ":")
            }
        }
    }
}

extension TreeOrganisation {
    /// Whether there is a way to reach it, or a key to tell it to.
    fileprivate var hasRow: Bool {
        if case .sealed = channel { return true }
        return contacts.contains { $0.evidence != .none }
    }
}
