/// What the leaves of one close must look like, to whoever holds them.
/// - SeeAlso: `docs/spec/protocol.md`, section 8.2.
public struct CloseStructure: Sendable {
    /// The day of the close before; nil where that is not known.
    private let previousDay: Day?
    /// The position of its first leaf.
    private let first: UInt64
    /// The directory in force at its end; nil where there is none, or its note is not at hand.
    private let directory: Directory?

    /// The order of the groups.
    private static var order: [LeafType] {
        [
            .directory, .acknowledgement, .submission, .reply, .withdrawal, .overdue, .transferred,
            .dayEnd,
        ]
    }

    /// Takes what must be known beside the leaves.
    public init(previousDay: Day?, first: UInt64, directory: Directory?) {
        self.previousDay = previousDay
        self.first = first
        self.directory = directory
    }

    /// Finds the first leaf that is out of place.
    ///
    /// - Returns: the day that is closed.
    /// - Throws: ``CloseError``; the order before the end, the end before the directory, the
    ///   directory before the batches.
    public func check(_ leaves: [Leaf]) throws(CloseError) -> Day {
        var place = first
        for (leaf, next) in zip(leaves, leaves.dropFirst()) {
            place += 1
            guard Self.key(leaf).lexicographicallyPrecedes(Self.key(next)) else {
                throw CloseError(place, .outOfOrder)
            }
        }
        guard let day = leaves.last?.day, leaves.count(where: { $0.type == .dayEnd }) == 1 else {
            throw CloseError(place, .noEnd)
        }
        if let previousDay, day < previousDay { throw CloseError(place, .dayFalls) }
        try checkDirectory(leaves, on: day)
        try checkBatches(leaves)
        return day
    }

    private func checkDirectory(_ leaves: [Leaf], on day: Day) throws(CloseError) {
        let logged = leaves.count { $0.type == .directory }
        guard logged <= 1 else { throw CloseError(first + 1, .secondDirectory) }
        // Without a directory nobody can send anything, nor can anything be filled up.
        let isInForce = directory != nil || leaves.contains { $0.type == .submission }
        guard logged == 1 || !isInForce || day.month == previousDay?.month else {
            throw CloseError(first, .noDirectory)
        }
    }

    private func checkBatches(_ leaves: [Leaf]) throws(CloseError) {
        for organisation in directory?.organisations ?? [] {
            let count = leaves.count {
                $0.type == .submission && $0.organisation == organisation.id
            }
            guard count > 0, count % Int(organisation.batch) == 0 else {
                let end = first + UInt64(leaves.count) - 1
                throw CloseError(end, .partialBatch(organisation.id, count))
            }
        }
    }

    /// Reporters choose tags: two organisations may leave envelopes of one tag lying, which their
    /// digests tell apart.
    private static func key(_ leaf: Leaf) -> [UInt8] {
        let group = UInt8(order.firstIndex(of: leaf.type) ?? order.count)
        return [group] + leaf.bytes.dropFirst().prefix(leaf.type == .overdue ? 64 : 32)
    }
}

/// Why the leaves of a close are not what a close must be.
public struct CloseError: Refusal {
    /// What is wrong.
    public enum Reason: Equatable, Sendable {
        /// A leaf stands behind one that must come after it, or twice.
        case outOfOrder
        /// The last leaf, and no other, must be the end of a day.
        case noEnd
        /// The day is before the one closed before it.
        case dayFalls
        /// More than one directory.
        case secondDirectory
        /// The month begins without a directory.
        case noDirectory
        /// So many envelopes of an organisation, which are no full batches.
        case partialBatch(OrganisationID, Int)
    }

    /// The position of the leaf at which it shows.
    public let position: UInt64
    /// What is wrong.
    public let reason: Reason

    init(_ position: UInt64, _ reason: Reason) {
        self.position = position
        self.reason = reason
    }

    /// What was found, then what must be.
    public var clause: String {
        switch reason {
        case .outOfOrder: "a leaf is out of order in its close"
        case .noEnd: "the last leaf of a close is not the one end of its day"
        case .dayFalls: "a close is of a day before the one closed before it"
        case .secondDirectory: "a close logs more than one directory"
        case .noDirectory: "the month begins without a directory"
        case .partialBatch: "an organisation has no full batches of envelopes in a close"
        }
    }
}
