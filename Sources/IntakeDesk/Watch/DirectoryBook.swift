import SealedIntake

/// The directories of the log that are not known to be the roots' own, until they are.
///
/// A digest covers a directory's text, not the signatures below it. So a courier, who holds no key,
/// can damage those, and then nothing tells a directory that was damaged from one that no root ever
/// signed. What tells is the same text with signatures that hold: when it comes, all is well.
/// Another directory, however good, says nothing of this one.
/// - SeeAlso: `docs/spec/protocol.md`, section 11.2.
struct DirectoryBook {
    private typealias Entry = (row: Int64, record: AlarmRecord)

    /// By entry of the log.
    private var open: [UInt64: Entry] = [:]
    /// What the roots signed, by digest.
    private var good: [Digest: UInt64] = [:]

    /// Reads what is open in a vault.
    init(reading cells: VaultCells) throws {
        for (row, record) in try cells.records(AlarmRecord.self)
        where record.kind.isOfOpenDirectory {
            open[record.index] = (row, record)
        }
    }

    /// Notes what was found of a directory in the log; only of one that is new where nothing is
    /// open there.
    mutating func see(
        _ finding: DirectoryFinding,
        _ leaf: Leaf,
        at index: UInt64,
        isNew: Bool,
        trust: DirectoryTrust,
        today: Day,
        in cells: VaultCells
    ) throws {
        let serial = leaf.number ?? 0
        guard case .wrong(let kind) = finding else {
            good[leaf.digest] = serial
            return
        }
        if let (row, record) = open[index] {
            // What did not travel says nothing new.
            guard kind != .directoryMissing, kind != record.kind else { return }
            let known = record.changed(to: kind)
            try cells.replace(row: row, with: known)
            open[index] = kind.isOfOpenDirectory ? (row, known) : nil
        } else if isNew {
            let record = AlarmRecord(
                kind: kind,
                index: index,
                found: serial,
                before: trust.serial,
                noted: today
            )
            let row = try cells.append(record)
            if kind.isOfOpenDirectory { open[index] = (row, record) }
        }
    }

    /// Settles what came whole: in the log, or by hand.
    mutating func settle(
        trust: DirectoryTrust,
        log: HeldLog,
        in cells: VaultCells
    ) throws {
        if let trusted = trust.trusted { good[trusted.digest] = trusted.directory.serial }
        for (index, entry) in open {
            guard let leaf = log.run.leaf(at: index), good[leaf.digest] == entry.record.found else {
                continue
            }
            try cells.replace(row: entry.row, with: entry.record.changed(to: .directorySettled))
            open[index] = nil
        }
    }
}

/// What is found of a directory in the log.
enum DirectoryFinding: Equatable {
    /// The roots signed it.
    case good
    /// That is wrong with it.
    case wrong(AlarmRecord.Kind)
}

extension AlarmRecord.Kind {
    /// Whether it is of a directory that the roots may have signed all the same.
    fileprivate var isOfOpenDirectory: Bool {
        self == .directoryMissing || self == .directoryRefused || self == .directoryUnproven
    }
}

extension AlarmRecord {
    /// The same leaf, known better.
    fileprivate func changed(to kind: Kind) -> AlarmRecord {
        AlarmRecord(
            kind: kind,
            index: index,
            found: found,
            before: before,
            noted: noted
        )
    }
}
