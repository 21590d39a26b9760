/// What the log says about replies.
public struct LoggedReplies: Sendable {
    /// A reply that was logged.
    public struct Entry: Sendable {
        /// The index of its leaf.
        public let index: UInt64
        /// The day it was logged.
        public let day: Day
        /// Whose it is.
        public let organisation: OrganisationID
        /// Its tag.
        public let tag: Tag
        /// The digest of its envelope.
        public let digest: Digest
        /// Whether it was withdrawn.
        public internal(set) var isWithdrawn = false
    }

    private struct Name: Hashable {
        let organisation: OrganisationID
        let tag: Tag
    }

    /// Whether the log is held from its first leaf.
    private let isWhole: Bool
    private var places: [Name: Int] = [:]
    /// All replies in order.
    public private(set) var entries: [Entry] = []

    init(isWhole: Bool) {
        self.isWhole = isWhole
    }

    /// A reply was logged.
    mutating func receive(_ reply: Entry) throws(LogRuleError) {
        let name = Name(organisation: reply.organisation, tag: reply.tag)
        if let place = places[name] {
            throw LogRuleError(reply.index, .twice(entries[place].index))
        }
        places[name] = entries.count
        entries.append(reply)
    }

    /// A reply was withdrawn.
    mutating func withdraw(
        _ leaf: Leaf,
        by organisation: OrganisationID,
        at index: UInt64
    ) throws(LogRuleError) {
        guard let place = places[Name(organisation: organisation, tag: leaf.tag)] else {
            guard !isWhole else { throw LogRuleError(index, .withdrawsNothing) }
            return
        }
        let reply = entries[place]
        guard reply.digest == leaf.digest, !reply.isWithdrawn else {
            throw LogRuleError(index, .withdrawsNothing)
        }
        entries[place].isWithdrawn = true
    }
}
