/// A place that can help.
public struct TreeOrganisation: Hashable, Sendable {
    /// The id in the tree, `[a-z0-9-]`.
    public let id: [UInt8]
    /// How it is reached.
    public let channel: Channel
    /// Whether one may stay unknown there.
    public let anonymity: Anonymity
    /// Its ways in, in the order shown.
    public internal(set) var contacts: [TreeContact]
    /// Where what is said of it comes from.
    public internal(set) var sources: [[UInt8]]

    /// Whether its number is for danger alone: nobody rings it to see whether it works.
    public var isAlarm: Bool { Self.isAlarm(id) }

    /// Whether the number of an organisation is for danger alone.
    public static func isAlarm(_ id: [UInt8]) -> Bool { TreeName.alarms.contains(id) }

    /// How a place is reached.
    public enum Channel: Hashable, Sendable {
        /// By telephone, chat or site.
        case open
        /// Inside the school.
        case school
        /// By a sealed report too, under this id in the directory.
        case sealed(OrganisationID)
    }

    /// Whether one may stay unknown.
    public enum Anonymity: Hashable, Sendable {
        /// Yes.
        case yes
        /// For advice; not for a report or complaint.
        case advice
        /// No.
        case no
        /// Nobody has found out.
        case unknown
    }
}
