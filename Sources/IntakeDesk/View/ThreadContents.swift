import SealedIntake

/// Everything the vault holds of one thread, before any frame is read.
struct ThreadContents {
    let row: Int64
    let thread: ThreadRecord
    /// In the order a person reads them.
    var messages: [(row: Int64, record: MessageRecord)] = []
    /// In the order they were written, fillers left out.
    var replies: [(row: Int64, record: ReplyRecord)] = []

    /// Where the thread stands.
    var state: ThreadState {
        ThreadState(messageCount: messages.count, lastReply: replies.last?.record)
    }

    /// The last day to answer the newest message, or nil when nobody waits.
    var deadline: Day? {
        guard state.awaitsAnswer, let newest = messages.map(\.record.day).max() else { return nil }
        return newest.adding(ThreadState.answerDays)
    }

    /// All threads of a vault in the order they were founded.
    static func all(in cells: VaultCells) throws(DeskError) -> [ThreadContents] {
        var threads: [Int64: ThreadContents] = [:]
        for (row, thread) in try cells.records(ThreadRecord.self) {
            threads[row] = ThreadContents(row: row, thread: thread)
        }
        for entry in try cells.records(MessageRecord.self) {
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
    func message(row: Int64) throws(DeskError) -> ReporterMessage {
        let plaintext = try cell(.message, row: row, .frame)
        guard let frame = try? Frame(bytes: plaintext, magic: .reporter),
            let message = try? ReporterMessage(admitting: frame)
        else { throw .vault(.unreadableRecord(table: "message", row: row)) }
        return message
    }

    /// The text of a reply, read anew from its plaintext.
    func replyText(row: Int64) throws(DeskError) -> [UInt8] {
        let plaintext = try cell(.reply, row: row, .frame)
        guard let frame = try? Frame(bytes: plaintext, magic: .organisation) else {
            throw .vault(.unreadableRecord(table: "reply", row: row))
        }
        return frame.value(.text) ?? []
    }
}
