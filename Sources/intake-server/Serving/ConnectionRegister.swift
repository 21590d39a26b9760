import NIOCore
import Synchronization

/// All open connections, so that in a crowd the one that waits longest makes room.
///
/// Knows connections as things to close, never from where they come.
final class ConnectionRegister: Sendable {
    /// What a connection is about.
    enum State: Sendable {
        /// Nothing came, or all was answered.
        case idle
        /// A request is coming in.
        case reading
        /// A request is answered.
        case answering
    }

    private struct Entry: Sendable {
        let channel: any Channel
        var state: State
        var since: NIODeadline
    }

    private let entries = Mutex<[ObjectIdentifier: Entry]>([:])

    /// Takes up a connection; in a crowd another one is closed.
    func add(_ channel: any Channel) {
        let now = NIODeadline.now()
        let evicted = entries.withLock { entries -> (any Channel)? in
            entries[ObjectIdentifier(channel)] = Entry(channel: channel, state: .idle, since: now)
            guard entries.count > GuardLimits.crowded else { return nil }
            guard let place = Self.place(toEvictFrom: entries, now: now) else { return nil }
            return entries.removeValue(forKey: place)?.channel
        }
        evicted?.close(promise: nil)
    }

    /// Says what a connection is about from now on.
    func set(_ state: State, of channel: any Channel) {
        entries.withLock { entries in
            guard var entry = entries[ObjectIdentifier(channel)], entry.state != state else {
                return
            }
            entry.state = state
            entry.since = .now()
            entries[ObjectIdentifier(channel)] = entry
        }
    }

    /// Forgets a connection that is closed.
    func remove(_ channel: any Channel) {
        _ = entries.withLock { $0.removeValue(forKey: ObjectIdentifier(channel)) }
    }

    /// The idle one first, then the slowest sender, then the slowest reader; nobody at work.
    private static func place(
        toEvictFrom entries: [ObjectIdentifier: Entry],
        now: NIODeadline
    ) -> ObjectIdentifier? {
        let patience: [(State, TimeAmount)] = [
            (.idle, .zero), (.reading, .seconds(1)), (.answering, .seconds(10)),
        ]
        for (state, time) in patience {
            let oldest =
                entries
                .filter { $0.value.state == state && $0.value.since + time <= now }
                .min { $0.value.since < $1.value.since }
            if let oldest { return oldest.key }
        }
        return nil
    }
}
