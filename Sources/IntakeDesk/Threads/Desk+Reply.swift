import SealedIntake

extension Desk {
    /// Writes a reply in a thread: signed by the desk key, sealed to the reporter, kept until the
    /// log has it.
    ///
    /// The text is UTF-8; its line ends and tabs are made plain, it may be empty where the kind
    /// allows. `other` is the organisation of a question about a transfer.
    /// - Throws: ``NewReplyError``, ``ClockDoubtError``, ``RequestError``; the text, then the
    ///   clock, then the other organisation, then the thread.
    public func reply(
        to typed: String,
        kind: Reply.Kind,
        text: [UInt8],
        other: OrganisationID? = nil,
        today: Day,
        isDayTyped: Bool = false
    ) throws -> WrittenReply {
        precondition((kind == .transfer) == (other != nil))
        let plain = try Self.words(text, for: kind)
        return try write { books in
            let cells = books.cells
            try books.checkClock(today: today, isTyped: isDayTyped)
            if let other { _ = try listed(other, in: books) }
            let all = try ThreadContents.all(in: cells)
            let names = ThreadNames(of: all)
            let contents = try Self.contents(of: typed, among: all, names: names)
            guard let newest = contents.messages.last else {
                throw RequestError.noSuchThread(typed)
            }
            let numbers = try ReplyNumbers(reading: books)
            let (number, tag) = try numbers.next(in: contents.thread)
            let reply = Reply(
                kind: kind,
                organisation: organisation,
                number: number,
                answered: newest.record.envelope,
                text: plain,
                day: today,
                threadDigest: contents.thread.digest,
                other: other
            )
            try keep(reply, in: contents, tag: tag, in: cells)
            return WrittenReply(thread: names.name(of: contents.row), number: number, kind: kind)
        }
    }

    /// Refuses to write where the clock cannot be right, before anybody types for nothing.
    /// - Throws: ``ClockDoubtError``.
    public func checkClock(today: Day, isDayTyped: Bool) throws {
        try read { try $0.checkClock(today: today, isTyped: isDayTyped) }
    }

    /// Another organisation that the directory trusted lists.
    /// - Throws: ``NewReplyError/notAnotherOrganisation(_:)``.
    func listed(
        _ other: OrganisationID,
        in books: Books
    ) throws -> Organisation {
        guard other != organisation,
            let listed = try books.trust().trusted?.directory.organisation(other)
        else { throw NewReplyError.notAnotherOrganisation(other.description) }
        return listed
    }

    private func keep(
        _ reply: Reply,
        in contents: ThreadContents,
        tag: Tag,
        in cells: VaultCells
    ) throws {
        let frame = reply.frame(signedBy: try identity.signer(from: cells).pair)
        let envelope = Envelope.reply(frame, to: contents.thread.replyKey)
        let record = ReplyRecord(
            threadRow: contents.row,
            messagesAnswered: UInt64(contents.messages.count),
            number: reply.number,
            kind: reply.kind.rawValue,
            day: reply.day,
            tag: tag,
            shardByte: contents.thread.shardByte,
            envelope: envelope.digest
        )
        _ = try cells.append(
            to: .reply,
            [.record: record.bytes, .frame: frame, .envelope: envelope.bytes]
        )
    }

    /// The words of a reply as they would be sent; none where nothing of them can be seen.
    /// - Throws: ``NewReplyError``: what is not UTF-8, then what is too long, then what is missing.
    public static func words(_ text: [UInt8], for kind: Reply.Kind) throws -> [UInt8] {
        let isUTF8 = String(validating: text, as: UTF8.self) != nil
        guard isUTF8 else { throw NewReplyError.textUnprintable }
        var plain = PlainText.cleaned(text)
        while let last = plain.last, last == 0x0A || last == 0x20 { plain.removeLast() }
        guard plain.count <= Reply.longestText else { throw tooLong(plain) }
        if PlainText.isBlank(plain) { plain = [] }
        guard !kind.needsText || !plain.isEmpty else { throw NewReplyError.textMissing }
        return plain
    }

    /// How many of its last signs, as people see them, do not fit.
    private static func tooLong(_ text: [UInt8]) -> NewReplyError {
        var fitting = 0
        let signs = String(utf8: text)
        let fit = signs.prefix { sign in
            fitting += sign.utf8.count
            return fitting <= Reply.longestText
        }
        return .textTooLong(
            found: text.count,
            most: Reply.longestText,
            signs: signs.count - fit.count
        )
    }
}

/// A reply that was written and waits to go out.
public struct WrittenReply: Equatable, Sendable {
    /// The thread's short name.
    public let thread: String
    /// Its number in the thread, from 0.
    public let number: UInt32
    /// What kind it is.
    public let kind: Reply.Kind
}
