import SealedIntake

/// Why a leaf that the log's own rules allow cannot be true beside the other public files.
public enum EntryError: Refusal {
    /// Its close is of a day of another month than its file.
    case otherMonth(Day)
    /// No checkpoint signs it.
    case unsigned
    /// A reply that must be in the drop is not.
    case withheld(OrganisationID)
    /// A reply that must have left the drop is still in it.
    case stays(OrganisationID)

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .otherMonth(let day): "a close of \(day.description), which is of another month"
        case .unsigned: "no checkpoint signs it and what follows"
        case .withheld(let id): "the reply of \(id) is withheld, it must be in the drop"
        case .stays(let id): "the reply of \(id) is still in the drop, it must have left it"
        }
    }
}
