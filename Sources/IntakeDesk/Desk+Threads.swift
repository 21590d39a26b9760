import SealedIntake

extension Desk {
    /// All threads, the most urgent first.
    public func threads() throws(DeskError) -> [ThreadSummary] {
        try vault.read { cells throws(DeskError) in
            let all = try ThreadContents.all(in: cells)
            let names = ThreadNames(of: all)
            var summaries: [ThreadSummary] = []
            for contents in all {
                summaries.append(try summary(of: contents, names: names, in: cells))
            }
            return summaries.sorted(by: ThreadSummary.isMoreUrgent)
        }
    }

    /// Everything in one thread, found by the beginning of its id.
    /// - Throws: ``RequestFault``.
    public func thread(_ typed: String) throws(DeskError) -> ThreadView {
        try vault.read { cells throws(DeskError) in
            let all = try ThreadContents.all(in: cells)
            let names = ThreadNames(of: all)
            let contents = try Self.contents(of: typed, among: all, names: names)
            let pieces = try cells.records(PieceRecord.self).map(\.record)
            let held = Set(pieces.filter(\.isHeld).map(\.envelope))
            var messages: [ThreadView.Message] = []
            for (row, record) in contents.messages {
                let message = try cells.message(row: row)
                let counts = message.attachments.map { attachment in
                    attachment.pieces.count { held.contains($0.digest) }
                }
                messages.append(
                    ThreadView.Message(day: record.day, message: message, heldPieces: counts)
                )
            }
            return ThreadView(
                summary: try summary(of: contents, names: names, in: cells),
                messages: messages,
                replies: try replies(of: contents, in: cells)
            )
        }
    }

    /// What could not be opened or admitted, in the order of the log.
    public func unreadable() throws(DeskError) -> [UnreadableEntry] {
        try vault.read { cells throws(DeskError) in
            try cells.records(UnreadableRecord.self)
                .map(\.record)
                .sorted { $0.leafIndex < $1.leafIndex }
                .map { UnreadableEntry(leaf: $0.leafIndex, day: $0.day, reason: $0.reason) }
        }
    }

    static func contents(
        of typed: String,
        among all: [ThreadContents],
        names: ThreadNames
    ) throws(DeskError) -> ThreadContents {
        let row = try names.row(of: typed)
        guard let contents = all.first(where: { $0.row == row }) else {
            throw .request(.noSuchThread(typed))
        }
        return contents
    }

    /// A summary takes the answers of the first message that has some.
    private func summary(
        of contents: ThreadContents,
        names: ThreadNames,
        in cells: VaultCells
    ) throws(DeskError) -> ThreadSummary {
        var answers: [Answer] = []
        for (row, _) in contents.messages where answers.isEmpty {
            answers = try cells.message(row: row).answers
        }
        return ThreadSummary(of: contents, name: names.name(of: contents.row), answers: answers)
    }

    private func replies(
        of contents: ThreadContents,
        in cells: VaultCells
    ) throws(DeskError) -> [ThreadView.Reply] {
        var replies: [ThreadView.Reply] = []
        for (row, record) in contents.replies {
            guard let kind = Reply.Kind(rawValue: record.kind) else { continue }
            replies.append(
                ThreadView.Reply(
                    number: record.number,
                    kind: kind,
                    day: record.day,
                    text: try cells.replyText(row: row),
                    sent: record.sighting?.day,
                    messagesAnswered: Int(clamping: record.messagesAnswered)
                )
            )
        }
        return replies
    }
}
