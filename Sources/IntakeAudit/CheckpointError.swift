import SealedIntake

/// Why a list of checkpoints cannot be true.
public enum CheckpointError: Refusal {
    /// The log's signature, or the form of a note.
    case note(NoteError)
    /// A cosignature of a known desk key does not hold.
    case badCosignature(OrganisationID)
    /// The organisation in whose place a checkpoint stands did not cosign it.
    case noCosignature(OrganisationID)
    /// No directory held lists so many organisations.
    case otherCount(Int)
    /// The leaves held give another root.
    case otherRoot(UInt64)
    /// No close ended at that size.
    case insideClose(UInt64)
    /// More leaves than the months hold.
    case beyond(UInt64, held: UInt64)
    /// A list fetched earlier has a larger checkpoint.
    case rolledBack(UInt64, earlier: UInt64)

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .note(let error): error.clause
        case .badCosignature(let id): "the cosignature of \(id) does not hold"
        case .noCosignature(let id): "\(id) did not cosign the checkpoint in its place"
        case .otherCount(let count):
            "it has places for \(count) organisations, no directory held lists so many"
        case .otherRoot(let size):
            "the first \(size) leaves do not give the root that was signed"
        case .insideClose(let size): "no close ended after \(size) leaves"
        case .beyond(let size, let held): "\(size) leaves were signed, \(held) are held"
        case .rolledBack(let size, let earlier):
            "it is of \(size) leaves, an earlier list is of \(earlier)"
        }
    }
}
