import SealedIntake

/// What the log says about replies.
struct ReplyAudit {
    /// A reply that was logged.
    struct Logged {
        /// Its place in the log.
        let position: UInt64
        /// The day it was logged.
        let day: Day
        /// Whose it is.
        let organisation: OrganisationID
        /// Its tag.
        let tag: Tag
        /// The digest of its envelope.
        let digest: Digest
        /// Whether it was withdrawn.
        var isWithdrawn = false
    }

    private struct Name: Hashable {
        let organisation: OrganisationID
        let tag: Tag
    }

    /// Whether the log is held from its first entry.
    private let isWhole: Bool
    private var places: [Name: Int] = [:]
    /// All replies in order.
    private(set) var replies: [Logged] = []

    init(isWhole: Bool) {
        self.isWhole = isWhole
    }

    /// A reply was logged.
    mutating func receive(_ reply: Logged) throws(EntryError) {
        let name = Name(organisation: reply.organisation, tag: reply.tag)
        if let place = places[name] { throw .tagTwice(replies[place].position) }
        places[name] = replies.count
        replies.append(reply)
    }

    /// A reply was withdrawn.
    mutating func withdraw(
        _ leaf: Leaf,
        by organisation: OrganisationID
    ) throws(EntryError) {
        guard let place = places[Name(organisation: organisation, tag: leaf.tag)] else {
            guard !isWhole else { throw .withdrawsNothing }
            return
        }
        let reply = replies[place]
        guard reply.digest == leaf.digest, !reply.isWithdrawn else { throw .withdrawsNothing }
        replies[place].isWithdrawn = true
    }
}
