import IntakeOpening
import SealedIntake

/// Which threads there are and which of their slots are used: what decides whether a message that
/// belongs to its leaf also belongs to its thread.
/// - SeeAlso: `docs/spec/protocol.md`, section 6, admission.
struct AdmissionBook {
    private struct Slot: Hashable {
        let threadRow: Int64
        let slot: UInt32
    }

    private var rows: [SigningPublicKey: Int64] = [:]
    private var threads: [Int64: ThreadRecord] = [:]
    private var tagKeys: Set<[UInt8]> = []
    private var slots: Set<Slot> = []

    /// Reads threads and messages of a vault.
    init(reading cells: VaultCells) throws(DeskError) {
        for (row, thread) in try cells.records(ThreadRecord.self) { add(thread, row: row) }
        for (_, message) in try cells.records(MessageRecord.self) {
            slots.insert(Slot(threadRow: message.threadRow, slot: message.slot))
        }
    }

    /// Finds the thread of a message, or founds it.
    /// - Returns: the thread's row, or why the message has no place.
    mutating func place(
        _ admitted: borrowing AdmittedMessage,
        in cells: VaultCells
    ) throws(DeskError) -> Result<Int64, PlaceRefusal> {
        let claimed = ThreadRecord(foundedBy: admitted)
        let row: Int64
        if let known = rows[claimed.threadKey], let thread = threads[known] {
            guard !slots.contains(Slot(threadRow: known, slot: admitted.message.slot)) else {
                return .failure(PlaceRefusal(reason: .slotUsed))
            }
            guard thread.isSame(as: claimed) else {
                return .failure(PlaceRefusal(reason: .keysChanged))
            }
            row = known
        } else {
            guard !tagKeys.contains(claimed.tagKey) else {
                return .failure(PlaceRefusal(reason: .tagKeyOfAnotherThread))
            }
            row = try cells.append(claimed)
            add(claimed, row: row)
        }
        slots.insert(Slot(threadRow: row, slot: admitted.message.slot))
        return .success(row)
    }

    private mutating func add(_ thread: ThreadRecord, row: Int64) {
        rows[thread.threadKey] = row
        threads[row] = thread
        tagKeys.insert(thread.tagKey)
    }
}

/// Why an admitted message has no place in its thread.
struct PlaceRefusal: Error {
    let reason: UnreadableReason
}
