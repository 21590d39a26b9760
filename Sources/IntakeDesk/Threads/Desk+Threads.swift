import SealedIntake

extension Desk {
    /// Everything in one thread, found by the beginning of its id.
    /// - Throws: ``RequestError``.
    public func thread(_ typed: String) throws -> ThreadView {
        try read { books in
            let cells = books.cells
            let all = try ThreadContents.all(in: cells)
            let names = ThreadNames(of: all)
            let contents = try Self.contents(of: typed, among: all, names: names)
            var shelf = try TreeShelf(reading: cells)
            return ThreadView(
                summary: try summary(of: contents, names: names, shelf: &shelf, in: cells),
                messages: try messages(
                    of: contents,
                    among: all,
                    names: names,
                    shelf: &shelf,
                    in: cells
                ),
                replies: try replies(of: contents, in: cells),
                transferred: try transferred(of: contents, in: cells),
                names: try books.names()
            )
        }
    }

    /// What could not be opened or admitted, in the order of the log.
    public func unreadable() throws -> [UnreadableEntry] {
        try vault.read { cells in try Self.unreadable(in: cells) }
    }

    static func unreadable(in cells: VaultCells) throws -> [UnreadableEntry] {
        let kept = try cells.records(UnreadableRecord.self).map { _, record in
            UnreadableEntry(leaf: record.index, day: record.day, reason: record.reason)
        }
        let refused = try cells.records(MessageRecord.self).compactMap { _, record in
            record.refused.map {
                UnreadableEntry(leaf: record.index, day: record.day, reason: $0)
            }
        }
        return (kept + refused).sorted { $0.leaf < $1.leaf }
    }

    /// How many cells of the vault did not open in what was asked so far: what they held is left
    /// out.
    public var damagedCells: Int { vault.damage.places.count }

    static func contents(
        of typed: String,
        among all: [ThreadContents],
        names: ThreadNames
    ) throws -> ThreadContents {
        let row = try names.row(of: typed)
        guard let contents = all.first(where: { $0.row == row }) else {
            throw RequestError.noSuchThread(typed)
        }
        return contents
    }

    /// A summary takes the answers of the first message that has some.
    func summary(
        of contents: ThreadContents,
        names: ThreadNames,
        shelf: inout TreeShelf,
        in cells: VaultCells
    ) throws -> ThreadSummary {
        let told = try contents.told(in: cells)
        var tree: WordedTree?
        if let told { tree = try shelf.worded(told.treeDigest) }
        return ThreadSummary(
            of: contents,
            name: names.name(of: contents.row),
            answers: told?.answers ?? [],
            tree: tree
        )
    }

    private func messages(
        of contents: ThreadContents,
        among all: [ThreadContents],
        names: ThreadNames,
        shelf: inout TreeShelf,
        in cells: VaultCells
    ) throws -> [ThreadView.Message] {
        let pieces = try cells.records(PieceRecord.self).map(\.record)
        let held = Set(pieces.filter(\.isHeld).map(\.envelope))
        var messages: [ThreadView.Message] = []
        for (row, record) in contents.messages {
            guard let message = try cells.ifItOpens({ try cells.message(row: row, record) }) else {
                continue
            }
            let opened = message.release.flatMap { release in
                all.first { $0.hasReleased(release.envelope) }
            }
            messages.append(
                ThreadView.Message(
                    day: record.day,
                    message: message,
                    answers: try shelf.worded(message.treeDigest)?.inWords(message.answers)
                        ?? AnsweredQuestion.list(message.answers),
                    heldPieces: message.attachments.map { attachment in
                        attachment.pieces.count { held.contains($0.digest) }
                    },
                    source: record.source,
                    writtenDay: record.writtenDay,
                    opened: opened.map { names.name(of: $0.row) }
                )
            )
        }
        return messages
    }

    private func replies(
        of contents: ThreadContents,
        in cells: VaultCells
    ) throws -> [ThreadView.Reply] {
        var replies: [ThreadView.Reply] = []
        for (row, record) in contents.replies {
            guard let kind = Reply.Kind(rawValue: record.kind) else { continue }
            guard let frame = try cells.ifItOpens({ try cells.replyFrame(row: row) }) else {
                continue
            }
            replies.append(
                ThreadView.Reply(
                    number: record.number,
                    kind: kind,
                    day: record.day,
                    text: frame.value(.text) ?? [],
                    other: frame.value(.otherOrganisation).flatMap { OrganisationID(ascii: $0) },
                    sent: record.sighting?.day,
                    withdrawal: record.withdrawal.map { .done($0.day) }
                        ?? (record.isWithdrawn ? .asked : nil),
                    messagesAnswered: Int(clamping: record.messagesAnswered)
                )
            )
        }
        return replies
    }
}
