/// The search for a stamp, a few hashes at a time: so that it can be shown how far it is, and
/// stopped.
/// - SeeAlso: `docs/spec/protocol.md`, section 7.2.
public struct StampSearch: Sendable {
    /// Unix time / 3600 of the challenge.
    public let hour: UInt32
    /// The mean number of hashes of each part.
    public let tries: UInt16

    private let work: Work
    private var found: [UInt64] = []
    private var next: UInt64 = 0

    /// Begins a search with a ticket of its own; `tries` is 1 or more, `challenge` 16 bytes.
    public init(
        organisation: OrganisationID,
        hour: UInt32,
        challenge: [UInt8],
        tries: UInt16,
        ticket: Ticket = .random()
    ) {
        precondition(tries > 0)
        self.hour = hour
        self.tries = tries
        work = Work(organisation: organisation, ticket: ticket, challenge: challenge)
    }

    /// The parts that were found, up to ``Stamp/partCount``.
    public var partsFound: Int { found.count }

    /// The stamp, once all parts were found.
    public var stamp: Stamp? {
        guard found.count == Stamp.partCount else { return nil }
        return Stamp(hour: hour, ticket: work.ticket, nonces: found)
    }

    /// Tries so many hashes more, or fewer where all parts are found before.
    /// - Throws: ``KeyError/outOfMemory``.
    public mutating func go(on hashes: Int) throws(KeyError) {
        for _ in 0..<hashes where found.count < Stamp.partCount {
            if try work.holds(part: found.count, nonce: next, tries: tries) {
                found.append(next)
                next = 0
            } else {
                next += 1
            }
        }
    }

    /// Searches to the end.
    /// - Throws: ``KeyError/outOfMemory``.
    public mutating func finish() throws(KeyError) -> Stamp {
        while true {
            if let stamp { return stamp }
            try go(on: 64)
        }
    }
}
