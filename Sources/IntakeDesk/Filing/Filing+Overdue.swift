import IntakeOpening
import SealedIntake

extension Filing {
    /// Holds an envelope of a type 4 leaf, and opens it where a release waited for it.
    /// - SeeAlso: `docs/spec/protocol.md`, section 6.7.
    mutating func fileOverdue(_ object: OwnObject) throws {
        try overdue.hold(object, in: cells)
        for waiting in overdue.takeReleases(of: object.leaf.digest) {
            guard let opened = opened(object.envelope, by: waiting.release) else {
                try shelf.refuse(
                    row: waiting.row,
                    waiting.record,
                    as: .releaseDoesNotOpen,
                    isNew: waiting.isNew
                )
                book.forget(waiting.record)
                continue
            }
            try put(opened, waiting.release, in: waiting.record.threadRow, of: object)
        }
    }

    /// Files a release: opens its envelope where that is here, and waits for it where it is not.
    ///
    /// A release that does not open its envelope is itself unreadable and changes nothing.
    mutating func fileRelease(
        _ admitted: borrowing AdmittedMessage,
        _ release: Release,
        at place: AdmissionBook.Place,
        of object: OwnObject
    ) throws {
        guard let held = overdue.row(of: release.envelope) else {
            let (row, record) = try put(admitted, at: place, of: object)
            let waiting = OverdueShelf.WaitingRelease(
                row: row,
                record: record,
                release: release,
                isNew: true
            )
            overdue.wait(waiting)
            return
        }
        let envelope = try cells.cell(.overdue, row: held, .envelope)
        guard let opened = opened(envelope, by: release) else {
            try shelf.put(object, unreadable: .releaseDoesNotOpen)
            return
        }
        let (_, record) = try put(admitted, at: place, of: object)
        try put(opened, release, in: record.threadRow, of: object)
    }

    private func opened(_ envelope: [UInt8], by release: Release) -> OpenedRelease? {
        try? OpenedRelease(envelope: envelope, release: release, ring: identity.ring)
    }

    /// Files what a release opened in the thread of the release, once.
    private mutating func put(
        _ opened: OpenedRelease,
        _ release: Release,
        in threadRow: Int64,
        of object: OwnObject
    ) throws {
        guard !overdue.isOpened(release.envelope) else { return }
        try overdue.open(release.envelope, in: cells)
        let content = Frame.content(of: opened.plaintext)
        guard !book.holds(content, in: threadRow) else { return }
        let record = MessageRecord(
            opened.message,
            in: threadRow,
            of: OwnObject(
                index: object.index,
                leaf: .overdue(identity.organisation, object.leaf.tag, release.envelope),
                day: object.day,
                envelope: []
            ),
            content: content,
            source: .released(release.from),
            writtenDay: overdue.writtenDay(of: release.envelope) ?? object.day
        )
        _ = try shelf.put(record, opened.message, plaintext: opened.plaintext)
        book.note(record)
    }
}
