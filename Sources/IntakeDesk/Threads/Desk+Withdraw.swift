import SealedIntake

extension Desk {
    /// Takes a reply out of the drop; the next exports ask the server until the log has it.
    ///
    /// `number` counts from 1, as `show` prints it. Who read the reply before has read it.
    /// - Throws: ``RequestError``, ``WithdrawalError``; the thread before the number.
    public func withdraw(
        _ number: Int,
        in typed: String,
        today: Day
    ) throws -> WrittenReply {
        try vault.write { cells in
            let all = try ThreadContents.all(in: cells)
            let names = ThreadNames(of: all)
            let contents = try Self.contents(of: typed, among: all, names: names)
            guard
                let (row, found) = contents.replies.first(where: { _, record in
                    Int(record.number) + 1 == number
                }),
                let kind = Reply.Kind(rawValue: found.kind)
            else { throw WithdrawalError.noSuchReply(number) }
            guard found.withdrawal == nil else { throw WithdrawalError.doneBefore(number) }
            guard !found.isWithdrawn else { throw WithdrawalError.askedBefore(number) }
            if let sighting = found.sighting, today > sighting.day.adding(Keeping.replyDays) {
                throw WithdrawalError.gone(number, days: Keeping.replyDays)
            }
            var record = found
            record.isWithdrawn = true
            try cells.replace(row: row, with: record)
            try cells.note(
                JournalEntry(
                    .withdrawn,
                    today,
                    numbers: [UInt64(found.number)],
                    digest: found.envelope
                )
            )
            return WrittenReply(
                thread: names.name(of: contents.row),
                number: found.number,
                kind: kind
            )
        }
    }
}
