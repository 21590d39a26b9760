import SealedIntake

/// Everything the vault holds of one thread, before any frame is read.
struct ThreadContents {
    let row: Int64
    let thread: ThreadRecord
    /// In the order a person reads them.
    var messages: [(row: Int64, record: MessageRecord)] = []
    /// In the order they were written, fillers left out.
    var replies: [(row: Int64, record: ReplyRecord)] = []

    /// Where the thread stands; an answer that was withdrawn is none.
    var state: ThreadState {
        ThreadState(
            messageCount: messages.count,
            lastReply: replies.last { !$0.record.isTakenBack }?.record
        )
    }

    /// The last day to answer the newest message, or nil when nobody waits.
    var deadline: Day? {
        guard state.awaitsAnswer, let newest = messages.map(\.record.day).max() else { return nil }
        return newest.adding(ThreadState.answerDays)
    }

    /// Reports and follow-ups that the reporter wrote to this organisation: what can be transferred.
    var ownMessages: [(row: Int64, record: MessageRecord)] {
        messages.filter { _, record in
            record.source == .written && record.messageKind?.tells == true
        }
    }

    /// Whether a message stands here that a release opened.
    func hasReleased(_ envelope: Digest) -> Bool {
        messages.contains { _, record in
            if case .released = record.source { record.envelope == envelope } else { false }
        }
    }

    /// All threads of a vault in the order they were founded.
    static func all(in cells: VaultCells) throws -> [ThreadContents] {
        var threads: [Int64: ThreadContents] = [:]
        for (row, thread) in try cells.records(ThreadRecord.self) {
            threads[row] = ThreadContents(row: row, thread: thread)
        }
        for entry in try cells.records(MessageRecord.self) where entry.record.refused == nil {
            threads[entry.record.threadRow]?.messages.append(entry)
        }
        for entry in try cells.records(ReplyRecord.self) where !entry.record.isFiller {
            threads[entry.record.threadRow]?.replies.append(entry)
        }
        return threads.values
            .filter { !$0.messages.isEmpty }
            .map { contents in
                var sorted = contents
                sorted.messages.sort { MessageRecord.reads($0.record, before: $1.record) }
                return sorted
            }
            .sorted { $0.row < $1.row }
    }
}

extension VaultCells {
    /// The message of a row, read anew from its plaintext.
    func message(row: Int64, _ record: MessageRecord) throws -> ReporterMessage {
        let plaintext = try cell(.message, row: row, .frame)
        guard let frame = try? Frame(bytes: plaintext, magic: .reporter),
            let message = Self.message(in: frame, record.source)
        else { throw VaultError.unreadableRecord(table: "message", row: row) }
        return message
    }

    /// What was transferred lies in the frame of who transferred it.
    private static func message(in frame: Frame, _ source: MessageSource) -> ReporterMessage? {
        switch source {
        case .written, .released: try? ReporterMessage(admitting: frame)
        case .transferred: (try? TransferredMessage(admitting: frame))?.message
        }
    }

    /// The frame of a reply, read anew from its plaintext.
    func replyFrame(row: Int64) throws -> Frame {
        let plaintext = try cell(.reply, row: row, .frame)
        guard let frame = try? Frame(bytes: plaintext, magic: .organisation) else {
            throw VaultError.unreadableRecord(table: "reply", row: row)
        }
        return frame
    }
}
