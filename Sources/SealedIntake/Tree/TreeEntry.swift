/// Something shown at the end of a walk.
public struct TreeEntry: Hashable, Sendable {
    /// Where it is shown.
    public let block: Block
    /// The id of an organisation or of a text.
    public let id: [UInt8]
    /// The index in ``DecisionTree/organisations`` where the block shows organisations.
    public let organisation: Int?
    /// The first day, nil for always.
    public let from: Day?
    /// The last day, nil for always.
    public let until: Day?
    /// When it is shown: any of these, each with all its terms.
    public internal(set) var whens: [[TreeTerm]]
    /// Where it comes from.
    public internal(set) var sources: [[UInt8]]

    /// Where an entry is shown; the order of the file.
    public enum Block: UInt8, Hashable, Sendable {
        /// First help, an organisation.
        case first
        /// Who fits best, an organisation.
        case place
        /// Who may help as well, an organisation.
        case also
        /// What to know, a text.
        case note
        /// What the law asks, a text.
        case duty
        /// The one leading role and protocol, a text.
        case lead
        /// A rung of the ladder, a text.
        case rung
        /// For the desk only, a text.
        case desk
    }

    /// Whether it is in force on a day.
    public func holds(on day: Day) -> Bool {
        (from.map { $0 <= day } ?? true) && (until.map { day <= $0 } ?? true)
    }
}
