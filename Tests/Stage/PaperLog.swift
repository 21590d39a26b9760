import SealedIntake

/// The leaves of a log with what lies behind them, told as whoever holds the log key likes.
package struct PaperLog: Sendable {
    /// A leaf, and the note or the envelope that it is about.
    package struct Entry: Sendable {
        package var leaf: Leaf
        package var object: [UInt8]?

        package init(_ leaf: Leaf, _ object: [UInt8]? = nil) {
            self.leaf = leaf
            self.object = object
        }
    }

    package var entries: [Entry]

    package init(_ entries: [Entry] = []) {
        self.entries = entries
    }

    package var leaves: [Leaf] { entries.map(\.leaf) }

    package mutating func append(_ leaf: Leaf, _ object: [UInt8]? = nil) {
        entries.append(Entry(leaf, object))
    }

    /// The tree of a size, or of all leaves.
    package func tree(of size: Int? = nil) -> MerkleTree {
        MerkleTree(of: entries.prefix(size ?? entries.count).lazy.map(\.leaf))
    }

    /// The run of a month: the closes whose days lie in it.
    package func month(_ month: Month) -> LogRun {
        var (before, within, close): ([Leaf], [Leaf], [Leaf]) = ([], [], [])
        for leaf in leaves {
            close.append(leaf)
            guard let day = leaf.day else { continue }
            if day.month < month { before += close }
            if day.month == month { within += close }
            close = []
        }
        return LogRun(before: MerkleTree(of: before), leaves: within)
    }

    /// The rows of a stick, and the objects that travel to an organisation with them.
    package func rows(
        for id: OrganisationID,
        from: Int = 0,
        to: Int? = nil,
        without missing: Set<Int> = []
    ) -> (rows: [InBundle.LeafRow], objects: [UInt8]) {
        var objects: [UInt8] = []
        let rows = (from..<(to ?? entries.count)).map { index in
            let entry = entries[index]
            let travels = entry.leaf.organisation == nil || entry.leaf.organisation == id
            let object = travels && !missing.contains(index) ? entry.object ?? [] : []
            objects += object
            return InBundle.LeafRow(leaf: entry.leaf, size: UInt32(object.count))
        }
        return (rows, objects)
    }

    /// A whole stick for an organisation, signed by the log; without the objects at some indexes.
    package func stick(
        for id: OrganisationID,
        from: Int = 0,
        to: Int? = nil,
        without missing: Set<Int> = [],
        pieces: [Digest: [UInt8]] = [:],
        witnesses: [SignedNote] = [],
        by log: borrowing NoteSigner
    ) throws -> [UInt8] {
        let (rows, objects) = rows(for: id, from: from, to: to, without: missing)
        let sorted = pieces.sorted { $0.key < $1.key }
        let head = InBundle.head(
            checkpoint: try log.verified(log.checkpoint(tree(of: to))),
            organisation: id,
            before: tree(of: from),
            leaves: rows,
            pieces: sorted.map { InBundle.PieceRow(digest: $0.key, size: UInt32($0.value.count)) },
            witnesses: witnesses,
            signer: log
        )
        return sorted.reduce(into: head + objects) { $0 += $1.value }
    }
}
