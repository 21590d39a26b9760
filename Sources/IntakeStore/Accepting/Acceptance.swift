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
    /// Its stamp is not worth the work asked, in zero bits.
    case needsWork(UInt8)
    /// The organisation takes no more of its class today.
    case full
}
