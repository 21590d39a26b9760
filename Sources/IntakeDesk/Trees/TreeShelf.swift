import SealedIntake

/// The decision trees of a vault: all that imports brought, so that an old report is shown with
/// the tree it was written with.
struct TreeShelf {
    private let cells: VaultCells
    private var trees: [Digest: Int64] = [:]
    private var texts: [Digest: Int64] = [:]
    private var read: [Digest: WordedTree] = [:]

    /// Finds the files of a vault.
    init(reading cells: VaultCells) throws {
        self.cells = cells
        for (row, record) in try cells.records(TreeFileRecord.self) {
            switch record.kind {
            case .tree: trees[record.digest] = row
            case .texts: texts[record.digest] = row
            }
        }
    }

    /// Whether a tree is here.
    func holds(_ tree: Digest) -> Bool { trees[tree] != nil }

    /// A tree in its default language, or nil where it is not here.
    mutating func worded(_ digest: Digest) throws -> WordedTree? {
        if let known = read[digest] { return known }
        read[digest] = try worded(digest, in: nil)
        return read[digest]
    }

    /// A tree in a language, in its default one where it has no such texts; nil where it is not
    /// here.
    func worded(_ digest: Digest, in language: [UInt8]?) throws -> WordedTree? {
        guard let row = trees[digest] else { return nil }
        guard let tree = try? DecisionTree(bytes: try cells.cell(.tree, row: row, .file)) else {
            throw VaultError.unreadableRecord(table: "tree", row: row)
        }
        let name = tree.texts.first { $0.language == language } ?? tree.texts.first
        guard let row = name.flatMap({ texts[$0.digest] }),
            let texts = try? TreeTexts(bytes: try cells.cell(.tree, row: row, .file))
        else { throw VaultError.unreadableRecord(table: "tree", row: row) }
        return WordedTree(tree: tree, texts: texts)
    }

    /// Keeps a tree with its texts; texts that did not change since another tree are kept once.
    mutating func keep(_ stick: StickTree, today: Day) throws {
        for bytes in stick.texts {
            let digest = Digest(of: bytes)
            guard texts[digest] == nil else { continue }
            texts[digest] = try append(bytes, TreeFileRecord(.texts, digest, taken: today))
        }
        let digest = Digest(of: stick.tree)
        trees[digest] = try append(stick.tree, TreeFileRecord(.tree, digest, taken: today))
    }

    private func append(_ bytes: [UInt8], _ record: TreeFileRecord) throws -> Int64 {
        try cells.append(to: .tree, [.record: record.bytes, .file: bytes])
    }
}
