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

    /// Replies that the log does not have yet.
    var unsent: Int {
        replies.count { $0.record.sighting == nil && !$0.record.isTakenBack }
    }

    /// Whether a message stands here that a release opened.
    func hasReleased(_ envelope: Digest) -> Bool {
        messages.contains { _, record in
            if case .released = record.source { record.envelope == envelope } else { false }
        }
    }

    /// All threads of a vault in the order they were founded.
    static func all(in cells: VaultCells) throws -> [ThreadContents] {
        var threads = try cells.records(ThreadRecord.self).map { row, thread in
            ThreadContents(row: row, thread: thread)
        }
        // Rows count from 1 without a gap.
        let places = 1..<Int64(threads.count) + 1
        for entry in try cells.records(MessageRecord.self)
        where entry.record.refused == nil && places.contains(entry.record.threadRow) {
            threads[Int(entry.record.threadRow) - 1].messages.append(entry)
        }
        for entry in try cells.records(ReplyRecord.self)
        where !entry.record.isFiller && places.contains(entry.record.threadRow) {
            threads[Int(entry.record.threadRow) - 1].replies.append(entry)
        }
        for place in threads.indices where threads[place].messages.count > 1 {
            threads[place].messages.sort { MessageRecord.reads($0.record, before: $1.record) }
        }
        return threads.filter { !$0.messages.isEmpty }
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
