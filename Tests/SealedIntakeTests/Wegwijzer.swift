import Foundation
import SealedIntake
import Testing

/// The tree that children are shown, and words for what a walk over it comes to.
struct Wegwijzer {
    static let folder = VectorFile.folder.deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "tree")

    /// The file.
    let bytes: [UInt8]
    let tree: DecisionTree
    let day: Day

    init(on day: String = "2026-12-01") throws {
        let file = Self.folder.appending(path: "wegwijzer.tree")
        bytes = [UInt8](try Data(contentsOf: file))
        tree = try DecisionTree(bytes: bytes)
        self.day = try #require(Day(text: [UInt8](day.utf8)))
    }

    /// The texts of every language of the tree, as it names them.
    func texts() throws -> [TreeTexts] {
        try tree.texts.map { reference in
            let name = "wegwijzer.\(String(decoding: reference.language, as: UTF8.self)).texts"
            let file = Self.folder.appending(path: name)
            let texts = try TreeTexts(bytes: [UInt8](try Data(contentsOf: file)))
            try #require(texts.digest == reference.digest, "\(name)")
            return texts
        }
    }

    /// The ids of the outcomes that count.
    func outcomes(_ walk: Walk) -> [String] {
        walk.outcomes.map { String(decoding: tree.outcomes[$0].id, as: UTF8.self) }
    }

    /// What is shown, in order: the block and the id.
    func shown(_ walk: Walk) -> [(block: String, id: String)] {
        walk.entries.map { index in
            let entry = tree.entries[index]
            return ("\(entry.block)", String(decoding: entry.id, as: UTF8.self))
        }
    }

    /// What is known, as `NAME=VALUE`.
    func known(_ walk: Walk) -> Set<String> {
        Set(
            tree.facts.indices.filter { walk.known[$0] }
                .map { String(decoding: tree.facts[$0].text, as: UTF8.self) }
        )
    }
}
