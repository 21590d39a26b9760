import SealedIntake

/// What one organisation did not pick up and this desk holds unopened.
///
/// Fillers are among it and cannot be told apart, so it is never more than this.
public struct WaitingElsewhere: Equatable, Sendable {
    /// To whom it was written; nil where the leaves held do not say.
    public let organisation: OrganisationID?
    /// What that organisation is called.
    public let name: String
    /// How many envelopes, fillers counted.
    public let count: Int
    /// The day of the oldest.
    public let since: Day

    /// How many wait where and since when, and who can open them: one sentence.
    public var text: String {
        let what = count == 1 ? "1 message waits" : "\(count) messages wait"
        return "at most \(what) at \(name), since \(since.description); "
            + "only the person who wrote one can open it here"
    }

    /// All that waits, an organisation each, longest first.
    static func all(in books: Books) throws -> [WaitingElsewhere] {
        let names = try books.names()
        var days: [OrganisationID?: [Day]] = [:]
        for (_, record) in try books.cells.records(OverdueRecord.self)
        where record.state == .waiting {
            days[record.origin?.organisation, default: []].append(record.origin?.day ?? record.day)
        }
        return days.map { organisation, days in
            WaitingElsewhere(
                organisation: organisation,
                name: organisation.map(names.name(of:)) ?? "an organisation not known here",
                count: days.count,
                since: days.min() ?? Day(number: 0)
            )
        }.sorted { ($0.since, $0.name) < ($1.since, $1.name) }
    }
}

extension Desk {
    /// What waits at other organisations and this desk holds unopened.
    public func waitingElsewhere() throws -> [WaitingElsewhere] {
        try read { books in try WaitingElsewhere.all(in: books) }
    }
}
