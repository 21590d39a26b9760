import SealedIntake

extension Desk {
    /// Who is waiting, and what else must be known.
    /// - Throws: ``RequestError``.
    public func overview(_ request: ListRequest, today: Day) throws -> DeskOverview {
        try read { books in
            DeskOverview(
                listing: try listing(request, in: books.cells),
                unreadable: try Self.unreadable(in: books.cells).count,
                waitingElsewhere: try WaitingElsewhere.all(in: books),
                alarms: try alarms(today: today, in: books)
            )
        }
    }

    /// The threads asked for.
    /// - Throws: ``RequestError``.
    public func listing(_ request: ListRequest) throws -> ThreadListing {
        try vault.read { cells in try listing(request, in: cells) }
    }

    /// All threads, the most urgent first.
    public func threads() throws -> [ThreadSummary] { try listing(ListRequest()).threads }

    /// What the records say finds and sorts the threads; a frame is opened only of what is shown.
    private func listing(
        _ request: ListRequest,
        in cells: VaultCells
    ) throws -> ThreadListing {
        let all = try ThreadContents.all(in: cells)
        let standings = all.enumerated().map { ThreadStanding(of: $0.element, at: $0.offset) }
        let found = standings.filter(request.takes).sorted(by: ThreadStanding.isMoreUrgent)
        let part = try request.part(of: found.count)
        let names = ThreadNames(of: all)
        var shelf = try TreeShelf(reading: cells)
        var threads: [ThreadSummary] = []
        for standing in found[part] {
            let contents = all[standing.place]
            threads.append(try summary(of: contents, names: names, shelf: &shelf, in: cells))
        }
        return ThreadListing(
            threads: threads,
            found: found.count,
            all: all.count,
            waiting: standings.count { $0.state.awaitsAnswer },
            unsent: all.reduce(0) { $0 + $1.unsent }
        )
    }
}
