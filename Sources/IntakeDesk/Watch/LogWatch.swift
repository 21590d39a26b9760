import SealedIntake

/// Watches what may only rise in the log: serials of directories, our own acknowledgements, and
/// days.
///
/// It goes through the leaves in the order of the log, also where a bundle reaches further back
/// than what is held.
struct LogWatch {
    private var serial: UInt64 = 0
    private var acknowledged: UInt64 = 0
    private var day: Day?
    private let organisation: OrganisationID

    /// Starts behind the leaves held before an entry.
    init(of held: HeldLog, before first: UInt64, organisation: OrganisationID) {
        self.organisation = organisation
        for (index, leaf) in held.run.indexed {
            guard index < first else { break }
            _ = see(leaf, at: index, today: Day(number: 0))
        }
    }

    /// The alarm of a leaf below the one of its kind before it, or nil.
    mutating func see(_ leaf: Leaf, at index: UInt64, today: Day) -> AlarmRecord? {
        let fall: (kind: AlarmRecord.Kind, found: UInt64, before: UInt64)
        switch leaf.type {
        case .directory:
            fall = (.directoryFell, leaf.number ?? 0, serial)
            serial = fall.found
        case .acknowledgement where leaf.organisation == organisation:
            fall = (.acknowledgementFell, leaf.number ?? 0, acknowledged)
            acknowledged = fall.found
        case .dayEnd:
            fall = (.dayFell, UInt64(leaf.day?.number ?? 0), UInt64(day?.number ?? 0))
            day = leaf.day
        default: return nil
        }
        guard fall.found < fall.before else { return nil }
        return AlarmRecord(
            kind: fall.kind,
            index: index,
            found: fall.found,
            before: fall.before,
            noted: today
        )
    }
}
