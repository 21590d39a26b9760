import SealedIntake
import Synchronization

/// What every organisation asks of a stamp, by how much came in the hours before.
///
/// Lives in memory only; holds counts, never who, and never when within the hour. What an hour
/// asks is fixed when it begins.
/// - SeeAlso: `docs/spec/protocol.md`, section 7.3.
final class Traffic: Sendable {
    private struct State {
        var hour: UInt32?
        /// Of the directory whose organisations have counts.
        var serial: UInt64?
        var counts: [OrganisationID: HourCounts] = [:]
        var before: [OrganisationID: Int]
    }

    private let offset: @Sendable () -> Int
    private let state: Mutex<State>

    /// Begins with the texts that wait: they stand for the hour before the first one asked about.
    init(
        before: [OrganisationID: Int] = [:],
        offset: @escaping @Sendable () -> Int = { .random(in: AskedWork.offsets) }
    ) {
        self.offset = offset
        state = Mutex(State(before: before))
    }

    /// Goes on to `hour`, where that is later, and says in which hour the server is.
    ///
    /// A moment that was read just before an hour ended belongs to the next one.
    @discardableResult
    func go(to hour: UInt32, _ directory: Directory) -> UInt32 {
        state.withLock { go(to: hour, directory, &$0) }
    }

    /// Counts a text that was stored, or some.
    func add(
        _ count: Int = 1,
        to organisation: OrganisationID,
        hour: UInt32,
        _ directory: Directory
    ) {
        state.withLock { state in
            _ = go(to: hour, directory, &state)
            state.counts[organisation]?.add(count)
        }
    }

    /// What a stamp of `stampHour` is asked for an organisation that the directory lists; nil
    /// where it holds no more, or not yet.
    func asked(
        of organisation: OrganisationID,
        stampHour: UInt32,
        hour: UInt32,
        _ directory: Directory
    ) -> UInt16? {
        state.withLock { state in
            let now = go(to: hour, directory, &state)
            guard stampHour <= now else { return nil }
            return state.counts[organisation]?.tries(hoursBack: now - stampHour)
                .map { min($0, directory.work) }
        }
    }

    /// What this hour asks, in the directory's order.
    func asked(hour: UInt32, _ directory: Directory) -> [UInt16] {
        state.withLock { state in
            _ = go(to: hour, directory, &state)
            return directory.organisations.map { organisation in
                let tries = state.counts[organisation.id]?.tries(hoursBack: 0)
                return min(tries ?? directory.work, directory.work)
            }
        }
    }

    /// The organisations that got in the last day half of what raises the work, or more.
    func busy(hour: UInt32, _ directory: Directory) -> [OrganisationID] {
        state.withLock { state in
            _ = go(to: hour, directory, &state)
            return directory.organisations.map(\.id)
                .filter { state.counts[$0]?.isBusy ?? false }
        }
    }

    private func go(to hour: UInt32, _ directory: Directory, _ state: inout State) -> UInt32 {
        let now = state.hour ?? hour
        if hour > now {
            // After a day nothing of before counts.
            for _ in 0..<min(hour - now, 25) { endHour(directory, &state) }
        }
        // A clock that was set back keeps what was counted; a moment too late is none.
        let next = hour >= now || now - hour > 1 ? hour : now
        state.hour = next
        begin(directory, &state)
        return next
    }

    /// An organisation that is not listed any more is forgotten.
    private func endHour(_ directory: Directory, _ state: inout State) {
        for organisation in [OrganisationID](state.counts.keys) {
            if directory.organisation(organisation) == nil {
                state.counts[organisation] = nil
            } else {
                state.counts[organisation]?.endHour(work: directory.work, offset: offset)
            }
        }
    }

    private func begin(_ directory: Directory, _ state: inout State) {
        guard state.serial != directory.serial else { return }
        state.serial = directory.serial
        for organisation in directory.organisations where state.counts[organisation.id] == nil {
            let before = state.before.removeValue(forKey: organisation.id) ?? 0
            state.counts[organisation.id] = HourCounts(
                before: before,
                work: directory.work,
                offset: offset
            )
        }
    }
}
