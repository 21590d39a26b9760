import NIOCore
import Synchronization

/// All open connections, so that in a crowd those that make least of their place make room.
///
/// Knows connections as things to close, never from where they come: behind a proxy all callers are
/// one. Age tells a phone on a slow line from nobody; what it sends in the time does.
final class ConnectionRegister: Sendable {
    /// What a connection is about.
    enum State: Sendable {
        /// Nothing came, or all was answered.
        case idle
        /// A request is coming in, from its first byte.
        case reading
        /// A request is answered.
        case answering
    }

    private struct Entry: Sendable {
        let channel: any Channel
        var state: State
        var since: NIODeadline
        /// What came in this state.
        var bytes = 0

        /// Bytes a second.
        func rate(at now: NIODeadline) -> Double {
            Double(bytes) / max(Double((now - since).nanoseconds) / 1e9, 0.001)
        }
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
            guard let entry = crowd.entries[ObjectIdentifier(channel)], entry.state != state
            else { return }
            crowd.entries[ObjectIdentifier(channel)] = Entry(
                channel: entry.channel,
                state: state,
                since: .now()
            )
        }
    }

    /// Says that so much came in from a connection; with the first byte a request begins.
    func received(_ bytes: Int, from channel: any Channel) {
        let key = ObjectIdentifier(channel)
        crowd.withLock { crowd in
            guard let entry = crowd.entries[key], entry.state != .answering else { return }
            if entry.state == .idle {
                crowd.entries[key] = Entry(channel: channel, state: .reading, since: .now())
            }
            crowd.entries[key]?.bytes += bytes
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
            let places = Self.leaving(crowd.entries, now: now)
            let closing = places.compactMap { crowd.entries.removeValue(forKey: $0)?.channel }
            crowd.isSweepPlanned = false
            return (closing, Self.plansSweep(&crowd))
        }
        for channel in closing { channel.close(promise: nil) }
        if isMore { planSweep(on: loop) }
    }

    /// As many as there are too many, and nobody who has just come.
    ///
    /// Those that send next to nothing go first, the slowest before the others, then the slowest
    /// readers; where that leaves no room, the slowest of those that send more.
    private static func leaving(
        _ entries: [ObjectIdentifier: Entry],
        now: NIODeadline
    ) -> [ObjectIdentifier] {
        let isFull = entries.count > GuardLimits.full
        let senders =
            entries
            .filter { $0.value.state != .answering }
            .filter { now - $0.value.since >= patience(with: $0.value.state, isFull: isFull) }
            .map { (key: $0.key, rate: $0.value.rate(at: now), since: $0.value.since) }
            .sorted { ($0.rate, $0.since) < ($1.rate, $1.since) }
        let readers =
            entries
            .filter { $0.value.state == .answering }
            .filter { now - $0.value.since >= patience(with: .answering, isFull: isFull) }
            .sorted { $0.value.since < $1.value.since }
        let slow = senders.prefix { $0.rate < GuardLimits.leastInACrowd }
        let first = (slow.map(\.key) + readers.map(\.key))
            .prefix(max(0, entries.count - GuardLimits.crowded))
        let more = senders.dropFirst(slow.count)
            .prefix(max(0, entries.count - GuardLimits.full - first.count))
        return first + more.map(\.key)
    }

    /// How long somebody is let be; where there is hardly room, newcomers are looked at soon.
    private static func patience(with state: State, isFull: Bool) -> TimeAmount {
        switch state {
        case .idle: isFull ? .milliseconds(200) : .milliseconds(500)
        case .reading: isFull ? .milliseconds(200) : .seconds(1)
        case .answering: .seconds(10)
        }
    }
}
