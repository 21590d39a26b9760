import SealedIntake

/// Where a thread stands among the others, from its records alone; small, as thousands are sorted.
struct ThreadStanding {
    /// Its place among all threads, in the order they were founded.
    let place: Int
    let state: ThreadState
    let newestDay: Day

    private let order: (rank: UInt32, since: UInt32, firstDay: UInt32, place: Int)

    init(of contents: ThreadContents, at place: Int) {
        self.place = place
        state = contents.state
        let days = contents.messages.lazy.map(\.record.day)
        let first = days.min() ?? Day(number: 0)
        newestDay = days.max() ?? first
        let rank: UInt32 =
            switch state {
            case .new, .followUp: 0
            case .received: 1
            case .answered: 2
            case .closed: 3
            }
        let since = rank == 0 ? newestDay.number : UInt32.max - newestDay.number
        order = (rank, since, first.number, place)
    }

    /// The order of the list: who waits longest first, then what was answered, then what is closed.
    static func isMoreUrgent(_ one: ThreadStanding, _ other: ThreadStanding) -> Bool {
        one.order < other.order
    }
}
