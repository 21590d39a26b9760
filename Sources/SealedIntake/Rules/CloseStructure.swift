/// What the leaves of one close must look like, to whoever holds them.
/// - SeeAlso: `docs/spec/protocol.md`, section 8.2.
public struct CloseStructure: Sendable {
    /// The day of the close before; nil where that is not known.
    private let previousDay: Day?
    /// The index of its first leaf.
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
    /// - Throws: ``LogRuleError``; the order before the end, the end before the directory, the
    ///   directory before the batches.
    public func check(_ leaves: ArraySlice<Leaf>) throws(LogRuleError) -> Day {
        var place = first
        for (leaf, next) in zip(leaves, leaves.dropFirst()) {
            place += 1
            guard Self.key(leaf).lexicographicallyPrecedes(Self.key(next)) else {
                throw LogRuleError(place, .outOfOrder)
            }
        }
        guard let day = leaves.last?.day, leaves.count(where: { $0.type == .dayEnd }) == 1 else {
            throw LogRuleError(place, .noEnd)
        }
        if let previousDay, day < previousDay { throw LogRuleError(place, .dayFalls) }
        try checkDirectory(leaves, on: day)
        try checkBatches(leaves)
        return day
    }

    private func checkDirectory(_ leaves: ArraySlice<Leaf>, on day: Day) throws(LogRuleError) {
        let logged = leaves.count { $0.type == .directory }
        guard logged <= 1 else { throw LogRuleError(first + 1, .secondDirectory) }
        // Without a directory nobody can send anything, nor can anything be filled up.
        let isInForce = directory != nil || leaves.contains { $0.type == .submission }
        guard logged == 1 || !isInForce || day.month == previousDay?.month else {
            throw LogRuleError(first, .noDirectory)
        }
    }

    private func checkBatches(_ leaves: ArraySlice<Leaf>) throws(LogRuleError) {
        for organisation in directory?.organisations ?? [] {
            let count = leaves.count {
                $0.type == .submission && $0.organisation == organisation.id
            }
            guard count > 0, count % Int(organisation.batch) == 0 else {
                let end = first + UInt64(leaves.count) - 1
                throw LogRuleError(end, .partialBatch(organisation.id, count))
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
