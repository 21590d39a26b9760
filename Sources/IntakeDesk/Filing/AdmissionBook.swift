import SealedIntake

/// Which threads there are, which of their slots are used and what was filed in them: what decides
/// whether a message that belongs to its leaf also belongs to its thread.
/// - SeeAlso: `docs/spec/protocol.md`, section 6, admission.
struct AdmissionBook {
    /// Where a message belongs: a thread that is there, or one that it founds.
    struct Place {
        /// The thread's row; nil while the thread is not founded.
        let row: Int64?
        let thread: ThreadRecord
        /// The slot it takes; nil for what was not written to this organisation.
        let slot: UInt32?
    }

    private struct Slot: Hashable {
        let threadRow: Int64
        let slot: UInt32
    }

    private struct Content: Hashable {
        let threadRow: Int64
        let content: Digest
    }

    private var rows: [SigningPublicKey: Int64] = [:]
    private var threads: [Int64: ThreadRecord] = [:]
    private var tagKeys: Set<[UInt8]> = []
    private var slots: Set<Slot> = []
    private var contents: Set<Content> = []
    private var messageCounts: [Int64: Int] = [:]

    /// Reads threads and messages of a vault.
    ///
    /// A thread of which nothing is left but a release that was refused is no thread.
    init(reading cells: VaultCells) throws {
        for (_, message) in try cells.records(MessageRecord.self) where message.refused == nil {
            note(message)
        }
        for (row, thread) in try cells.records(ThreadRecord.self) where messageCounts[row] != nil {
            add(thread, row: row)
        }
    }

    /// Finds where a message belongs; nothing changes.
    /// - Returns: the place, or why there is none.
    func place(of claimed: ThreadRecord, slot: UInt32?) -> Result<Place, PlaceError> {
        guard let row = rows[claimed.threadKey], let thread = threads[row] else {
            guard !tagKeys.contains(claimed.tagKey) else {
                return .failure(PlaceError(reason: .tagKeyOfAnotherThread))
            }
            return .success(Place(row: nil, thread: claimed, slot: slot))
        }
        if let slot, slots.contains(Slot(threadRow: row, slot: slot)) {
            return .failure(PlaceError(reason: .slotUsed))
        }
        guard thread.isSame(as: claimed) else {
            return .failure(PlaceError(reason: .keysChanged))
        }
        return .success(Place(row: row, thread: thread, slot: slot))
    }

    /// The row of a place, whose thread is founded where it was not there.
    mutating func row(of place: Place, in cells: VaultCells) throws -> Int64 {
        if let row = place.row { return row }
        let row = try cells.append(place.thread)
        add(place.thread, row: row)
        return row
    }

    /// Whether the same message was filed in a thread before, by whichever way it came.
    func holds(_ content: Digest, in threadRow: Int64?) -> Bool {
        guard let threadRow else { return false }
        return contents.contains(Content(threadRow: threadRow, content: content))
    }

    /// Notes a message that was filed.
    mutating func note(_ message: MessageRecord) {
        if message.source == .written {
            slots.insert(Slot(threadRow: message.threadRow, slot: message.slot))
        }
        contents.insert(Content(threadRow: message.threadRow, content: message.content))
        messageCounts[message.threadRow, default: 0] += 1
    }

    /// Takes a message out again, and its thread where it was all there was.
    mutating func forget(_ message: MessageRecord) {
        slots.remove(Slot(threadRow: message.threadRow, slot: message.slot))
        contents.remove(Content(threadRow: message.threadRow, content: message.content))
        messageCounts[message.threadRow, default: 1] -= 1
        guard messageCounts[message.threadRow] == 0,
            let thread = threads.removeValue(forKey: message.threadRow)
        else { return }
        rows[thread.threadKey] = nil
        tagKeys.remove(thread.tagKey)
    }

    private mutating func add(_ thread: ThreadRecord, row: Int64) {
        rows[thread.threadKey] = row
        threads[row] = thread
        tagKeys.insert(thread.tagKey)
    }
}

/// Why an admitted message has no place in its thread.
struct PlaceError: Refusal {
    let reason: UnreadableReason

    /// What was found.
    var clause: String { reason.clause }
}
