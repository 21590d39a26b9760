import SealedIntake

/// Why a store does not take leaves that a desk or the public files have.
public enum RefusedLeaves: Equatable, Sendable {
    /// Not a file of leaves.
    case noLeaves
    /// The file is not in its form, or not signed.
    case file(BundleError)
    /// A note is not in its form, or not signed.
    case checkpoint(NoteError)
    /// The list of checkpoints is not in its form.
    case checkpointList
    /// A month is not in its form.
    case month(MonthFileError)
    /// No month has any leaf.
    case noMonth
    /// Leaves between two months are missing.
    case monthMissing(from: UInt64, to: UInt64)
    /// They begin behind the end of the store.
    case beginLate(UInt64, size: UInt64)
    /// They end before the store does.
    case endEarly(UInt64, size: UInt64)
    /// The leaves before an index, or the one at it, are others than the store's.
    case othersBefore(UInt64)
    case other(UInt64)
    /// The last of them ends no day.
    case noEnd
    /// A day before the one closed before it.
    case dayFalls
    /// A desk has another tree of that size, signed by the same log key.
    case otherTree(OrganisationID, UInt64)
    /// The high-water mark is of another log.
    case otherMark
    /// A directory of a serial that they name: another than the one installed, not installed yet,
    /// or older and not given.
    case otherDirectory(UInt64)
    case newDirectory(UInt64)
    case oldDirectory(UInt64)

    /// What was found, then what must be.
    var clause: String {
        switch self {
        case .noLeaves: "no leaves of a desk, the file must begin with SIV1"
        case .file(let error): error.clause
        case .checkpoint(let error): error.clause
        case .checkpointList: "the checkpoints are not in their form"
        case .month(let error): error.clause
        case .noMonth: "no month has any leaf"
        case .monthMissing(let from, let to):
            "a month is missing between leaf \(from) and leaf \(to)"
        case .beginLate(let first, let size):
            "they begin at \(first), they must begin at \(size) or before"
        case .endEarly(let end, let size):
            "they end at \(end), the store has \(size) already: "
                + "they must be those of a desk that knows more"
        case .othersBefore(let index): "the leaves before \(index) are not those of this store"
        case .other(let index): "leaf \(index) is not that of this store"
        case .noEnd: "the last of them is not the end of a day"
        case .dayFalls: "their days do not follow each other"
        case .otherTree(let id, let size):
            "the desk of \(id) has another tree of \(size) leaves, signed by the same log key"
        case .otherMark: "the high-water mark is of another log"
        case .otherDirectory(let serial):
            "directory \(serial) is another than the one installed"
        case .newDirectory(let serial):
            "directory \(serial) is in them, it must be installed first"
        case .oldDirectory(let serial):
            "directory \(serial) is in them and older than the one installed, "
                + "it must be given with them"
        }
    }
}
