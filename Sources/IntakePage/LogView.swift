import SealedIntake

/// The end of the public log, verified: two months of leaves that give the signed root.
struct LogView {
    /// The newest checkpoint.
    let checkpoint: Checkpoint

    /// The day each organisation cosigned last, nil where it never did; in the directory's order.
    let cosignatureDays: [Day?]

    /// The newest day that was closed, or nil when these months have none.
    let newestDay: Day?

    /// The newest directory that was logged, or nil when these months have none.
    let newestDirectory: Leaf?

    /// Verifies list and months against each other and against the directory's keys.
    /// - Throws: ``OpeningRefusal/checkpoint`` for a signature, ``OpeningRefusal/log`` for a root.
    init(
        list: CheckpointList,
        lastMonth: MonthFile,
        thisMonth: MonthFile,
        directory: Directory
    ) throws(OpeningRefusal) {
        guard list.cosigned.count == directory.organisations.count else { throw .checkpoint }
        checkpoint = try Self.verified(list.newest, directory).checkpoint
        var days: [Day?] = []
        var signed = [checkpoint]
        for (note, organisation) in zip(list.cosigned, directory.organisations) {
            guard let note else {
                days.append(nil)
                continue
            }
            let cosigned = try Self.verified(note, directory)
            guard let day = try? cosigned.cosigned(by: organisation.deskKeys) else {
                throw .checkpoint
            }
            signed.append(cosigned.checkpoint)
            days.append(day)
        }
        cosignatureDays = days
        let end = try Self.walked(thisMonth, after: Self.walked(lastMonth, signed), signed)
        guard signed.allSatisfy({ $0.size <= end.size }), checkpoint.size == end.size else {
            throw .log
        }
        let leaves = lastMonth.leaves + thisMonth.leaves
        newestDay = leaves.last { $0.type == .dayEnd }?.day
        newestDirectory = leaves.last { $0.type == .directory }
    }

    private static func verified(
        _ note: SignedNote,
        _ directory: Directory
    ) throws(OpeningRefusal) -> VerifiedCheckpoint {
        do throws(NoteError) {
            return try VerifiedCheckpoint(
                note: note,
                origin: directory.deployment,
                logKeys: directory.logKeys
            )
        } catch {
            throw .checkpoint
        }
    }

    /// The tree after a month that begins where `before` ends, or anywhere; each signed
    /// checkpoint within it must be a beginning of it.
    private static func walked(
        _ month: MonthFile,
        after before: MerkleTree? = nil,
        _ signed: [Checkpoint]
    ) throws(OpeningRefusal) -> MerkleTree {
        guard before == nil || before == month.before else { throw .log }
        var tree = month.before
        for place in 0...month.leaves.count {
            let here = signed.filter { $0.size == tree.size }
            guard here.allSatisfy({ $0.root == tree.root }) else { throw .log }
            if place < month.leaves.count { tree.append(month.leaves[place].hash) }
        }
        return tree
    }
}
