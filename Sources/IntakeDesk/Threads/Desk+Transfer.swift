import SealedIntake

/// What came of a transfer.
public struct TransferOutcome: Equatable, Sendable {
    /// What was transferred to one organisation.
    public struct Part: Equatable, Sendable {
        /// To whom.
        public let organisation: OrganisationID
        /// What it is called.
        public let name: String
        /// Messages that were sealed to it now; nil where the directory has no key of it today.
        public let messages: Int?
    }

    /// The thread's short name.
    public let thread: String
    /// A part for each organisation the reporter agreed to.
    public let parts: [Part]
    /// Messages that came here from elsewhere and so cannot be transferred.
    public let left: Int
}

extension Desk {
    /// Transfers a thread to every organisation its reporter agreed to: each message that was not
    /// transferred before is sealed to it with the consent, and waits for the next export.
    ///
    /// There is no other way to hand anything on.
    /// - Throws: ``ClockDoubtError``, ``TransferError``, ``RequestError``; the clock, then the
    ///   thread, then the consent, then the messages, then the keys.
    public func transfer(
        _ typed: String,
        today: Day,
        isDayTyped: Bool = false
    ) throws -> TransferOutcome {
        try write { books in
            let cells = books.cells
            try books.checkClock(today: today, isTyped: isDayTyped)
            let all = try ThreadContents.all(in: cells)
            let threadNames = ThreadNames(of: all)
            let contents = try Self.contents(of: typed, among: all, names: threadNames)
            let consents = try Consents(of: contents, own: organisation, in: cells)
            guard !consents.all.isEmpty else { throw TransferError.noConsent }
            guard !contents.ownMessages.isEmpty else { throw TransferError.nothingWrittenHere }
            let parts = try handOn(contents, consents, today: today, in: books)
            if let part = parts.first, parts.allSatisfy({ $0.messages == nil }) {
                throw TransferError.notReachable(part.organisation.description)
            }
            return TransferOutcome(
                thread: threadNames.name(of: contents.row),
                parts: parts,
                left: contents.messages.count { $0.record.source != .written }
            )
        }
    }

    private func handOn(
        _ contents: ThreadContents,
        _ consents: Consents,
        today: Day,
        in books: Books
    ) throws -> [TransferOutcome.Part] {
        let directory = try books.trust().trusted?.directory
        let names = try books.names()
        let handover = try Handover(of: contents, in: books.cells, identity: identity)
        var parts: [TransferOutcome.Part] = []
        for consent in consents.all {
            let other = consent.organisation
            var messages: Int?
            if let key = directory?.organisation(other)?.sealingKey(on: today) {
                messages = try handover.seal(with: consent, to: key, today: today)
            }
            parts.append(
                TransferOutcome.Part(
                    organisation: other,
                    name: names.name(of: other),
                    messages: messages
                )
            )
        }
        return parts
    }

    /// How far a thread was transferred to each organisation its reporter agreed to.
    func transferred(
        of contents: ThreadContents,
        in cells: VaultCells
    ) throws -> [ThreadView.TransferState] {
        let consents = try Consents(of: contents, own: organisation, in: cells)
        let handover = try Handover(of: contents, in: cells, identity: identity)
        return consents.all.map { consent in
            let other = consent.organisation
            let sealed = handover.sealed(to: other)
            return ThreadView.TransferState(
                organisation: other,
                messages: sealed.count,
                unsent: sealed.count { $0.sighting == nil },
                open: handover.open(for: other).count
            )
        }
    }
}
