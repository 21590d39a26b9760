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

    private struct Crowd: Sendable {
        var entries: [ObjectIdentifier: Entry] = [:]
        var isSweepPlanned = false
        var isStopping = false
    }

    private let crowd = Mutex(Crowd())

    /// Whether there are so many that each has one answer and then makes room.
    var isCrowded: Bool { crowd.withLock { $0.entries.count >= GuardLimits.crowded } }

    /// Whether the server ends, and each connection with its last answer.
    var isStopping: Bool { crowd.withLock { $0.isStopping } }

    /// Says that the server ends.
    func stop() {
        crowd.withLock { $0.isStopping = true }
    }

    /// Cuts off whoever is there.
    func closeAll() {
        let channels = crowd.withLock { $0.entries.values.map(\.channel) }
        for channel in channels { channel.close(promise: nil) }
    }

    /// Takes up a connection; in a crowd, those that wait longest are closed a moment later.
    func add(_ channel: any Channel) {
        let entry = Entry(channel: channel, state: .idle, since: .now())
        let plansSweep = crowd.withLock { crowd in
            crowd.entries[ObjectIdentifier(channel)] = entry
            return Self.plansSweep(&crowd)
        }
        if plansSweep { planSweep(on: channel.eventLoop) }
    }

    /// Says what a connection is about from now on.
    func set(_ state: State, of channel: any Channel) {
        crowd.withLock { crowd in
            guard var entry = crowd.entries[ObjectIdentifier(channel)], entry.state != state
            else { return }
            entry.state = state
            entry.since = .now()
            crowd.entries[ObjectIdentifier(channel)] = entry
        }
    }

    /// Forgets a connection that is closed.
    func remove(_ channel: any Channel) {
        _ = crowd.withLock { $0.entries.removeValue(forKey: ObjectIdentifier(channel)) }
    }

    private static func plansSweep(_ crowd: inout Crowd) -> Bool {
        guard crowd.entries.count > GuardLimits.crowded, !crowd.isSweepPlanned else {
            return false
        }
        crowd.isSweepPlanned = true
        return true
    }

    private func planSweep(on loop: any EventLoop) {
        loop.scheduleTask(in: GuardLimits.sweepPause) { self.sweep(on: loop) }
    }

    private func sweep(on loop: any EventLoop) {
        let now = NIODeadline.now()
        let (closing, isMore) = crowd.withLock { crowd in
            let places = Self.placesToClose(in: crowd.entries, now: now)
            let closing = places.compactMap { crowd.entries.removeValue(forKey: $0)?.channel }
            crowd.isSweepPlanned = false
            return (closing, Self.plansSweep(&crowd))
        }
        for channel in closing { channel.close(promise: nil) }
        if isMore { planSweep(on: loop) }
    }

    /// As many as there are too many: the idle ones first, then the slowest senders, then the
    /// slowest readers; nobody who has just come.
    private static func placesToClose(
        in entries: [ObjectIdentifier: Entry],
        now: NIODeadline
    ) -> [ObjectIdentifier] {
        let patience: [(State, TimeAmount)] = [
            (.idle, .milliseconds(500)), (.reading, .seconds(1)), (.answering, .seconds(10)),
        ]
        let waiting = patience.flatMap { state, time in
            entries
                .filter { $0.value.state == state && $0.value.since + time <= now }
                .sorted { $0.value.since < $1.value.since }
        }
        return waiting.prefix(max(0, entries.count - GuardLimits.crowded)).map(\.key)
    }
}
