import SealedIntake
import Synchronization

/// The tickets that were spent in the hours whose stamps still hold, each with what spent it.
///
/// The same submission may spend its ticket again: it is asked for anew where the line or the disk
/// failed, and never stored twice because its tag is known then.
/// - SeeAlso: `docs/spec/protocol.md`, section 7.4, reading (r).
final class SpentTickets: Sendable {
    /// What became of a ticket.
    enum Outcome {
        /// It is this submission's now.
        case spent
        /// It is another one's, or of an hour that is over.
        case refused
        /// More are spent than memory is set aside for.
        case full
    }

    /// By the hour of their stamps; the first eight bytes of a ticket say enough, since who makes
    /// two that begin alike takes one from himself.
    private struct State {
        var now: UInt32 = 0
        var spent: [UInt32: [UInt64: UInt64]] = [:]
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) {
        self.limit = limit
    }

    /// Spends the ticket of a submission in `hour`, which is the server's.
    func spend(_ incoming: Incoming, hour: UInt32) -> Outcome {
        let stamp = incoming.stamp
        let ticket = Self.number(stamp.ticket.bytes)
        let spender = Self.number(incoming.identity.bytes)
        return state.withLock { state in
            Self.go(to: hour, &state)
            guard stamp.hour <= state.now, state.now - stamp.hour < Stamp.hours else {
                return .refused
            }
            if let known = state.spent.values.lazy.compactMap({ $0[ticket] }).first {
                return known == spender ? .spent : .refused
            }
            guard state.spent.values.reduce(0, { $0 + $1.count }) < limit else { return .full }
            state.spent[stamp.hour, default: [:]][ticket] = spender
            return .spent
        }
    }

    /// Forgets the hours whose stamps hold no more; an hour that was left does not come back by a
    /// moment that was read before.
    private static func go(to hour: UInt32, _ state: inout State) {
        guard hour > state.now || state.now - hour > 1 else { return }
        state.now = hour
        state.spent = state.spent.filter { $0.key <= hour && hour - $0.key < Stamp.hours }
    }

    private static func number(_ bytes: [UInt8]) -> UInt64 {
        bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
