import IntakeOpening
import SealedIntake

extension Filing {
    /// Files an envelope of a type 5 leaf: a message transferred, or a filler, which is dropped.
    ///
    /// The same message again changes nothing.
    /// - SeeAlso: `docs/spec/protocol.md`, section 6.7.
    mutating func fileTransferred(_ object: OwnObject) throws {
        let opened: OpenedTransfer
        do throws(MessageError) {
            opened = try OpenedTransfer(
                envelope: object.envelope,
                organisation: identity.organisation,
                ring: identity.ring
            )
        } catch {
            guard let reason = UnreadableReason(error) else { return }
            try shelf.put(object, unreadable: reason)
            return
        }
        if let reason = refusal(of: opened.transferred) {
            try shelf.put(object, unreadable: reason)
            return
        }
        switch book.place(of: ThreadRecord(foundedBy: opened), slot: nil) {
        case .failure(let refusal): try shelf.put(object, unreadable: refusal.reason)
        case .success(let place): try put(opened, at: place, of: object)
        }
    }

    /// What is wrong with who transferred it, or nil.
    private func refusal(of transferred: TransferredMessage) -> UnreadableReason? {
        guard transferred.from != identity.organisation,
            let from = trust.trusted?.directory.organisation(transferred.from)
        else { return .transferredByUnknown }
        return transferred.isSigned(by: from.deskKeys) ? nil : .transferredUnsigned
    }

    private mutating func put(
        _ opened: borrowing OpenedTransfer,
        at place: AdmissionBook.Place,
        of object: OwnObject
    ) throws {
        let transferred = opened.transferred
        let content = Digest(of: transferred.messageFrame)
        guard !book.holds(content, in: place.row) else { return }
        let record = MessageRecord(
            transferred.message,
            in: try book.row(of: place, in: cells),
            of: object,
            content: content,
            source: .transferred(transferred.from),
            writtenDay: object.day
        )
        _ = try shelf.put(record, transferred.message, plaintext: opened.plaintext)
        book.note(record)
    }
}
