import SealedIntake

/// What the leaves of one close must look like, said as damage to the store.
struct DayStructure {
    /// The day it closes.
    let day: Day
    /// The day of the close before.
    let previousDay: Day
    /// The position of its first leaf.
    let first: UInt64
    /// The directory in force at its end.
    let directory: Directory?

    /// Finds the first leaf that is out of place.
    /// - Throws: ``StoreError/damaged(_:)``.
    func check(_ leaves: [Leaf]) throws(StoreError) {
        let structure = CloseStructure(
            previousDay: previousDay,
            first: first,
            directory: directory
        )
        let closed: Day
        do throws(CloseError) {
            closed = try structure.check(leaves)
        } catch {
            throw fault(words(error))
        }
        guard closed == day else { throw fault("its last leaf is not the end of that day") }
    }

    private func words(_ fault: CloseError) -> String {
        switch fault.reason {
        case .outOfOrder: "leaf \(fault.position) is out of order"
        case .partialBatch(let organisation, let count):
            "\(organisation) has \(count) envelopes, no full batches"
        default: "leaf \(fault.position): \(fault.clause)"
        }
    }

    private func fault(_ what: String) -> StoreError {
        .damaged("the close of \(day.description) at \(first): \(what)")
    }
}
