/// What a leaf of the log records.
/// - SeeAlso: `docs/spec/protocol.md`, section 8.
public enum LeafType: UInt8, Sendable, CaseIterable {
    /// A text envelope came in.
    case submission = 1
    /// A reply goes out.
    case reply = 2
    /// A directory is in force.
    case directory = 3
    /// An overdue envelope, also for the escalation organisation.
    case overdue = 4
    /// An envelope transferred to another organisation.
    case transferred = 5
    /// The end of a day.
    case dayEnd = 6
    /// An organisation acknowledged the log up to a size.
    case acknowledgement = 7
    /// A reply was withdrawn.
    case withdrawal = 8

    /// Whether org16 is zero, because the leaf is nobody's in particular.
    var isWithoutOrganisation: Bool { self == .directory || self == .dayEnd }
}
