import SealedIntake

/// Which threads a person asks for, and which part of them.
public struct ListRequest: Equatable, Sendable {
    /// How many threads a page has.
    public static let pageLength = 50

    /// Only those that wait for a reply of this desk.
    public var isUnanswered: Bool
    /// Only those whose newest message came on this day or later.
    public var since: Day?
    /// Which page, from 1; nil for all threads.
    public var page: Int?

    /// All threads, where nothing else is said.
    public init(isUnanswered: Bool = false, since: Day? = nil, page: Int? = nil) {
        self.isUnanswered = isUnanswered
        self.since = since
        self.page = page
    }

    /// Whether some threads are left out, whatever their page.
    public var isFiltered: Bool { isUnanswered || since != nil }

    /// Whether a thread is among those asked for.
    func takes(_ standing: ThreadStanding) -> Bool {
        if isUnanswered, !standing.state.awaitsAnswer { return false }
        return since.map { standing.newestDay >= $0 } ?? true
    }

    /// How many pages so many threads have; one at least.
    static func pages(of count: Int) -> Int { max(1, (count + pageLength - 1) / pageLength) }

    /// The part asked for of so many threads.
    /// - Throws: ``RequestError/noSuchPage(_:of:)``.
    func part(of count: Int) throws -> Range<Int> {
        guard let page else { return 0..<count }
        let pages = Self.pages(of: count)
        guard (1...pages).contains(page) else { throw RequestError.noSuchPage(page, of: pages) }
        let start = (page - 1) * Self.pageLength
        return start..<min(start + Self.pageLength, count)
    }
}
