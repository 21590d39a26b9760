import IntakeOpening
import SealedIntake

/// The rows that the vault had before a bundle, by their leaf: one that begins at the first leaf asks
/// for all of them.
struct KeptRows {
    let messages: [UInt64: [(row: Int64, record: MessageRecord)]]
    let unreadable: [UInt64: [(row: Int64, record: UnreadableRecord)]]

    init(reading cells: VaultCells) throws {
        messages = Dictionary(grouping: try cells.records(MessageRecord.self)) { $0.record.index }
        unreadable = Dictionary(grouping: try cells.records(UnreadableRecord.self)) {
            $0.record.index
        }
    }
}

extension Filing {
    private mutating func keptRows() throws -> KeptRows {
        if let kept { return kept }
        let read = try KeptRows(reading: cells)
        kept = read
        return read
    }

    /// Puts an object of a leaf held before back into the cell that kept it, where that does not
    /// open; whatever a bundle brings otherwise changes nothing.
    mutating func fileAgain(_ object: OwnObject) throws {
        let kept = try keptRows()
        for (row, record) in kept.messages[object.index, default: []]
        where record.envelope == object.leaf.digest {
            guard try !opens(.message, row, .frame) else { continue }
            guard let frame = frame(of: record, from: object) else { continue }
            try cells.replace(.message, row: row, .frame, with: frame)
            takenAgain += 1
        }
        for (row, record) in kept.unreadable[object.index, default: []]
        where record.envelope == object.leaf.digest {
            guard try !opens(.unreadable, row, .envelope) else { continue }
            try cells.replace(.unreadable, row: row, .envelope, with: object.envelope)
            takenAgain += 1
        }
    }

    /// The plaintext of the message that was filed; nil where the envelope does not open to it.
    private func frame(of record: MessageRecord, from object: OwnObject) -> [UInt8]? {
        switch record.source {
        case .written:
            guard
                let admitted = try? AdmittedMessage(
                    envelope: object.envelope,
                    tag: object.leaf.tag,
                    organisation: identity.organisation,
                    ring: identity.ring
                )
            else { return nil }
            let content = Frame.content(of: admitted.plaintext)
            return content == record.content ? admitted.plaintext : nil
        case .transferred:
            guard
                let opened = try? OpenedTransfer(
                    envelope: object.envelope,
                    organisation: identity.organisation,
                    ring: identity.ring
                )
            else { return nil }
            let content = Digest(of: opened.transferred.messageFrame)
            return content == record.content ? opened.plaintext : nil
        case .released:
            // Its key came with a message of another leaf.
            return nil
        }
    }

    private func opens(_ table: VaultTable, _ row: Int64, _ column: VaultColumn) throws -> Bool {
        try cells.ifItOpens { try cells.cell(table, row: row, column) } != nil
    }
}
