import SealedIntake

/// What became of a submission.
public enum Acceptance: Equatable, Sendable {
    /// It is durably stored (a cover: forgotten), and that day's close will carry it.
    case stored(Day)
    /// It was stored before, with the same envelope; that day's close carries it.
    case known(Day)
    /// Its tag is taken by another envelope.
    case conflict
    /// The directory does not name its organisation.
    case unknownOrganisation
    /// It is a piece of an attachment, and these are not taken yet.
    case notYet
    /// Its stamp does not hold; so many tries a stamp of this hour is asked.
    case needsWork(UInt16)
    /// The disk ends.
    case noRoom
}
