import IntakeStore
import Synchronization

/// What is wrong now, for whoever asks: written by who looks, read by who answers.
///
/// No visitor changes it: when somebody reported must not show.
final class HealthBoard: Sendable {
    private struct State {
        var findings: [Finding] = []
        var looked = ContinuousClock.now
    }

    /// Who looks comes by every twenty seconds.
    private static let longestPause = Duration.seconds(120)

    private let workedLast: @Sendable () -> ContinuousClock.Instant?
    private let state = Mutex(State())

    /// `workedLast` says when a close that whoever looks is busy with went on.
    init(workedLast: @escaping @Sendable () -> ContinuousClock.Instant?) {
        self.workedLast = workedLast
    }

    /// Keeps what a look found.
    func write(_ findings: [Finding]) {
        state.withLock { state in
            state.findings = findings
            state.looked = .now
        }
    }

    /// Everything that is wrong.
    var findings: [Finding] {
        state.withLock { state in
            var findings = state.findings
            let alive = max(state.looked, workedLast() ?? state.looked)
            if alive.duration(to: .now) > Self.longestPause {
                findings.append(
                    Finding(
                        .hanging,
                        "nobody looked after the store for two minutes, the server hangs",
                        "look at the disk, then start the server again"
                    )
                )
            }
            return findings
        }
    }
}
