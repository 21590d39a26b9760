import SealedIntake

/// What the leaves of one close must look like.
/// - SeeAlso: `docs/spec/protocol.md`, section 8.
struct DayStructure {
    /// The day it closes.
    let day: Day
    /// The day of the close before.
    let previousDay: Day
    /// The position of its first leaf.
    let first: UInt64
    /// The directory in force at its end.
    let directory: Directory?

    /// The order of the groups.
    private static let order: [LeafType] = [
        .directory, .acknowledgement, .submission, .reply, .withdrawal, .overdue, .transferred,
        .dayEnd,
    ]

    /// Finds the first leaf that is out of place.
    /// - Throws: ``StoreError/damaged(_:)``.
    func check(_ leaves: [Leaf]) throws(StoreError) {
        guard day >= previousDay else { throw fault("it is before the day closed before it") }
        for (place, pair) in zip(leaves, leaves.dropFirst()).enumerated() {
            guard Self.key(pair.0).lexicographicallyPrecedes(Self.key(pair.1)) else {
                throw fault("leaf \(first + UInt64(place) + 1) is out of order")
            }
        }
        let ends = leaves.filter { $0.type == .dayEnd }
        guard ends.count == 1, leaves.last?.day == day else {
            throw fault("its last leaf is not the end of that day")
        }
        guard leaves.count(where: { $0.type == .directory }) <= 1 else {
            throw fault("it logs more than one directory")
        }
        guard let directory else { return }
        let isLogged = leaves.contains { $0.type == .directory }
        guard isLogged || day.month == previousDay.month else {
            throw fault("the month begins without a directory")
        }
        for organisation in directory.organisations {
            let count = leaves.count {
                $0.type == .submission && $0.organisation == organisation.id
            }
            guard count > 0, count % Int(organisation.batch) == 0 else {
                throw fault("\(organisation.id) has \(count) envelopes, no full batches")
            }
        }
    }

    private func fault(_ what: String) -> StoreError {
        .damaged("the close of \(day.description) at \(first): \(what)")
    }

    /// Reporters choose tags: two organisations may leave envelopes of one tag lying, which their
    /// digests tell apart.
    private static func key(_ leaf: Leaf) -> [UInt8] {
        let group = UInt8(order.firstIndex(of: leaf.type) ?? order.count)
        return [group] + leaf.bytes.dropFirst().prefix(leaf.type == .overdue ? 64 : 32)
    }
}
