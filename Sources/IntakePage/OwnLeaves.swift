import SealedIntake

/// The leaves of a log that are a code's own.
struct OwnLeaves {
    /// One of them.
    struct Entry {
        /// What the log says.
        let leaf: Leaf

        /// Its index in the log.
        let index: UInt64

        /// The day that carries it: of the next end of a day.
        let day: Day

        /// The organisation's place in the directory.
        let organisation: Int

        /// The slot of a message, or the number of a reply.
        let number: UInt32
    }

    /// Messages of the reporter, oldest first.
    private(set) var messages: [Entry] = []

    /// Replies, oldest first.
    private(set) var replies: [Entry] = []

    /// Replies that were withdrawn.
    private(set) var withdrawals: [Entry] = []

    /// Finds them: one step of work for each leaf of an organisation of the directory.
    init(in log: LogView, of organisations: [Organisation], tags: OwnTags, today: Day) {
        var entries: [Entry] = []
        var day = today
        for place in log.run.leaves.indices.reversed() {
            let leaf = log.run.leaves[place]
            if let end = leaf.day { day = end }
            guard leaf.type == .submission || leaf.type == .reply || leaf.type == .withdrawal,
                let organisation = organisations.firstIndex(where: { $0.id == leaf.organisation }),
                let number = leaf.type == .submission
                    ? tags.slot(of: leaf, at: organisation)
                    : tags.reply(with: leaf.tag, at: organisation)
            else { continue }
            entries.append(
                Entry(
                    leaf: leaf,
                    index: log.run.first + UInt64(place),
                    day: day,
                    organisation: organisation,
                    number: number
                )
            )
        }
        for entry in entries.reversed() {
            switch entry.leaf.type {
            case .submission: messages.append(entry)
            case .reply: replies.append(entry)
            default: withdrawals.append(entry)
            }
        }
    }
}
