import SealedIntake

extension Desk {
    /// Says where a thread belongs: the reporter's answers and the facts set here, walked through
    /// the decision tree that the directory names, or where they do not fit it, through the one
    /// they were given with.
    /// - Parameters:
    ///   - typed: The beginning of the thread's id.
    ///   - facts: What is set here, each `FACT=VALUE`.
    ///   - language: The language of the words; nil for the tree's own.
    ///   - today: The day whose duties hold.
    /// - Returns: What the tree says, and what holds without it.
    /// - Throws: ``RequestError``, ``RouteError``; the thread, then its answers, then the tree,
    ///   then the language, then the facts.
    public func route(
        _ typed: String,
        setting facts: [String] = [],
        language: String? = nil,
        today: Day
    ) throws -> Route {
        try read { books in
            let cells = books.cells
            let all = try ThreadContents.all(in: cells)
            let threadNames = ThreadNames(of: all)
            let contents = try Self.contents(of: typed, among: all, names: threadNames)
            guard let told = try contents.told(in: cells) else { throw RouteError.noAnswers }
            let trees = try RouteTrees(
                reading: cells,
                inForce: try books.trust().trusted?.directory.treeDigest,
                written: told.treeDigest,
                language: language
            )
            let (basis, tree) = trees.walked(by: told.answers, on: today)
            let set = try RouteFacts.facts(facts, of: tree.tree)
            let agreed = try Consents(of: contents, own: organisation, in: cells).all
            let known = set + RouteFacts.derived(tree.tree, isAgreed: !agreed.isEmpty)
            var shelf = try TreeShelf(reading: cells)
            return Route(
                thread: try summary(of: contents, names: threadNames, shelf: &shelf, in: cells),
                basis: basis,
                walked: try Self.walked(told.answers, known, basis, tree, on: today),
                answers: trees.inWords(told.answers),
                facts: set,
                settable: RouteFacts.settable(tree.tree),
                deadlines: contents.deadlines,
                agreed: agreed.map(\.organisation),
                own: organisation,
                names: try books.names()
            )
        }
    }

    private static func walked(
        _ answers: [Answer],
        _ facts: [Fact],
        _ basis: RouteBasis,
        _ tree: WordedTree,
        on day: Day
    ) throws -> WalkedRoute? {
        if case .none = basis { return nil }
        do throws(WalkError) {
            let walk = try tree.tree.walk(answers, adding: facts, on: day)
            return WalkedRoute(walk, in: tree)
        } catch {
            throw RouteError.factsDoNotFit
        }
    }
}

extension ThreadContents {
    /// The first message that has answers: the report, unless it came without.
    func told(in cells: VaultCells) throws -> ReporterMessage? {
        for (row, record) in messages {
            // What does not open tells nothing; show names it.
            guard let message = try cells.ifItOpens({ try cells.message(row: row, record) }) else {
                continue
            }
            if !message.answers.isEmpty { return message }
        }
        return nil
    }

    /// By when its reporter must hear something.
    var deadlines: Deadlines {
        let came = messages.map(\.record.day).min() ?? Day(number: 0)
        return Deadlines(came: came, replies: replies.map(\.record))
    }
}
