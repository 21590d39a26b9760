import SealedIntake

/// Replies whose number the log has given to another reply.
///
/// A desk that was put back from an old copy no longer knows the replies it wrote since. What it
/// writes then may get a number that is taken; the server skips it, and no reporter would ever see
/// it. So it is written again, signed and sealed anew, under the next number that is free. The same
/// where another organisation took the tag, which it can only have from a stick.
struct TakenNumbers {
    private let books: Books
    private let cells: VaultCells
    private let identity: DeskIdentity

    init(in books: Books) {
        self.books = books
        cells = books.cells
        identity = books.identity
    }

    /// Writes again what needs it, once a bundle's leaves are in the vault.
    /// - Returns: how many were written again; one whose thread has no free number stays as it is.
    func rewrite(among bundle: InBundle, today: Day) throws -> Int {
        var taken: [Tag: (leaf: Leaf, index: UInt64)] = [:]
        for (index, leaf) in bundle.run.indexed where leaf.type == .reply {
            taken[leaf.tag] = (leaf, index)
        }
        guard !taken.isEmpty else { return 0 }
        let before = try rewrittenBefore()
        let threads = try cells.records(ThreadRecord.self)
        var count = 0
        for (row, record) in try cells.records(ReplyRecord.self)
        where record.sighting == nil && !record.isFiller {
            guard let logged = taken[record.tag], logged.leaf != leaf(of: record),
                let thread = threads.first(where: { $0.row == record.threadRow })?.record
            else { continue }
            if try rewrite(record, at: row, of: thread, today: today) { count += 1 }
            guard before.contains(record.envelope) else { continue }
            let alarm = AlarmRecord(
                kind: .replySwapped,
                index: logged.index,
                found: UInt64(record.number),
                before: 0,
                noted: today
            )
            _ = try cells.append(alarm)
        }
        return count
    }

    private func leaf(of record: ReplyRecord) -> Leaf {
        .reply(identity.organisation, record.tag, record.envelope)
    }

    /// Envelopes that were written again already: one copy of the vault explains that once.
    private func rewrittenBefore() throws -> Set<Digest> {
        let entries = try cells.records(JournalRecord.self).map(\.record.entry)
        return Set(entries.filter { $0.kind == .renumbered }.map(\.digest))
    }

    private func rewrite(
        _ record: ReplyRecord,
        at row: Int64,
        of thread: ThreadRecord,
        today: Day
    ) throws -> Bool {
        let numbers = try ReplyNumbers(reading: books)
        guard let (number, tag) = try? numbers.next(in: thread) else { return false }
        let reply = try old(record, at: row, of: thread).numbered(number)
        let frame = reply.frame(signedBy: try identity.signer(from: cells).pair)
        let envelope = Envelope.reply(frame, to: thread.replyKey)
        let rewritten = record.moved(to: number, tag: tag, envelope: envelope.digest)
        try cells.replace(row: row, with: rewritten)
        try cells.replace(.reply, row: row, .frame, with: frame)
        try cells.replace(.reply, row: row, .envelope, with: envelope.bytes)
        try cells.note(
            JournalEntry(
                .renumbered,
                today,
                numbers: [UInt64(record.number), UInt64(number)],
                digest: envelope.digest
            )
        )
        return true
    }

    private func old(
        _ record: ReplyRecord,
        at row: Int64,
        of thread: ThreadRecord
    ) throws -> Reply {
        let plaintext = try cells.cell(.reply, row: row, .frame)
        guard
            let reply = try? Reply(
                plaintext: plaintext,
                organisation: identity.organisation,
                number: record.number,
                threadDigest: thread.digest,
                deskKeys: [identity.deskKey.key]
            )
        else { throw VaultError.unreadableRecord(table: "reply", row: row) }
        return reply
    }
}

extension Reply {
    /// The same words under another number.
    fileprivate func numbered(_ number: UInt32) -> Reply {
        Reply(
            kind: kind,
            organisation: organisation,
            number: number,
            answered: answered,
            text: text,
            day: day,
            threadDigest: threadDigest,
            other: other
        )
    }
}

extension ReplyRecord {
    /// The same reply under another number and tag, in another envelope.
    fileprivate func moved(to number: UInt32, tag: Tag, envelope: Digest) -> ReplyRecord {
        var moved = ReplyRecord(
            threadRow: threadRow,
            messagesAnswered: messagesAnswered,
            number: number,
            kind: kind,
            day: day,
            tag: tag,
            shardByte: shardByte,
            envelope: envelope
        )
        moved.isWithdrawn = isWithdrawn
        return moved
    }
}
