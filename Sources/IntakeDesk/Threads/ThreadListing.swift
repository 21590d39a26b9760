import SealedIntake

/// The threads that a person asked for, and how many there are.
public struct ThreadListing: Equatable, Sendable {
    /// Those of the page, the most urgent first.
    public let threads: [ThreadSummary]
    /// How many are among those asked for, on all pages.
    public let found: Int
    /// How many there are at all.
    public let all: Int
    /// How many of all wait for a reply.
    public let waiting: Int
    /// Replies in all that the log does not have yet.
    public let unsent: Int

    /// How many pages those found have.
    public var pages: Int { ListRequest.pages(of: found) }
}

/// What a person sees who asks who is waiting: read at one moment.
public struct DeskOverview: Sendable {
    /// The threads.
    public let listing: ThreadListing
    /// How many entries of the log could not be read.
    public let unreadable: Int
    /// What waits at other organisations.
    public let waitingElsewhere: [WaitingElsewhere]
    /// What a person must know now.
    public let alarms: [Alarm]
}
