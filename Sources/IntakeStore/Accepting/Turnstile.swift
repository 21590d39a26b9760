import Dispatch
import Synchronization

/// Lets work of the processor through in the order it came, a few at a time: so that no thread of
/// the pool for tasks, and none that reads from the network, is held up by it.
final class Turnstile: Sendable {
    private struct State: Sendable {
        var waiting: [@Sendable () -> Void] = []
        var next = 0
        var running = 0
    }

    private let width: Int
    private let limit: Int
    private let queue = DispatchQueue(label: "stamps", attributes: .concurrent)
    private let state = Mutex(State())

    /// `width` run at once, at most `limit` wait.
    init(width: Int, limit: Int) {
        precondition(width > 0)
        self.width = width
        self.limit = limit
    }

    /// Does a job when its turn comes; false at once, and it is never done, when too much waits
    /// already.
    func admit(_ job: @escaping @Sendable () -> Void) -> Bool {
        switch enter(job) {
        case .full: return false
        case .waits: break
        case .runs: queue.async { self.work(job) }
        }
        return true
    }

    /// How many run and wait.
    var load: Int { state.withLock { $0.running + $0.waiting.count - $0.next } }

    private enum Place {
        case full
        case waits
        case runs
    }

    private func enter(_ job: @escaping @Sendable () -> Void) -> Place {
        state.withLock { state in
            guard state.running == width else {
                state.running += 1
                return .runs
            }
            guard state.waiting.count - state.next < limit else { return .full }
            state.waiting.append(job)
            return .waits
        }
    }

    /// Does one job, then what waits.
    private func work(_ first: @Sendable () -> Void) {
        first()
        while let job = takeNext() { job() }
    }

    private func takeNext() -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard state.next < state.waiting.count else {
                state.waiting.removeAll()
                state.next = 0
                state.running -= 1
                return nil
            }
            let job = state.waiting[state.next]
            state.next += 1
            if state.next > limit {
                state.waiting.removeFirst(state.next)
                state.next = 0
            }
            return job
        }
    }
}
