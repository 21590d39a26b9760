import IntakeOpening
import SealedIntake

extension Filing {
    /// Files an envelope of a type 1 leaf: a message, a consent, a release, or a filler, which is
    /// dropped.
    /// - SeeAlso: `docs/spec/protocol.md`, section 6.5.
    mutating func fileSubmission(_ object: OwnObject) throws {
        let admitted: AdmittedMessage
        do throws(MessageError) {
            admitted = try AdmittedMessage(
                envelope: object.envelope,
                tag: object.leaf.tag,
                organisation: identity.organisation,
                ring: identity.ring
            )
        } catch {
            guard let reason = UnreadableReason(error) else { return }
            try shelf.put(object, unreadable: reason)
            return
        }
        let claimed = ThreadRecord(foundedBy: admitted)
        switch book.place(of: claimed, slot: admitted.message.slot) {
        case .failure(let refusal): try shelf.put(object, unreadable: refusal.reason)
        case .success(let place):
            if let release = admitted.message.release {
                try fileRelease(admitted, release, at: place, of: object)
            } else {
                _ = try put(admitted, at: place, of: object)
            }
        }
    }

    /// Files a message in the thread it was written in.
    mutating func put(
        _ admitted: borrowing AdmittedMessage,
        at place: AdmissionBook.Place,
        of object: OwnObject
    ) throws -> (row: Int64, record: MessageRecord) {
        let record = MessageRecord(
            admitted.message,
            in: try book.row(of: place, in: cells),
            of: object,
            content: Frame.content(of: admitted.plaintext),
            source: .written,
            writtenDay: object.day
        )
        let row = try shelf.put(record, admitted.message, plaintext: admitted.plaintext)
        book.note(record)
        return (row, record)
    }
}

extension Frame {
    /// The digest of a reporter's frame without what fills it up: of the same bytes when the frame
    /// travels inside another.
    static func content(of plaintext: [UInt8]) -> Digest {
        Digest(of: (try? Frame(bytes: plaintext, magic: .reporter))?.transferred ?? plaintext)
    }
}
