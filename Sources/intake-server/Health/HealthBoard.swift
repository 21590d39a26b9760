import IntakeStore
import Synchronization

/// What is wrong now, for whoever asks: written by who looks, read by who answers.
final class HealthBoard: Sendable {
    private struct State {
        var findings: [Finding] = []
        var looked = ContinuousClock.now
        /// Why the last submission could not be stored; nil once one was.
        var refusal: String?
    }

    /// Who looks comes by every twenty seconds.
    private static let longestPause = Duration.seconds(120)

    private let state = Mutex(State())

    /// Keeps what a look found.
    func write(_ findings: [Finding]) {
        state.withLock { state in
            state.findings = findings
            state.looked = .now
        }
    }

    /// A submission could not be stored.
    func refused(_ clause: String) { state.withLock { $0.refusal = clause } }

    /// A submission was stored.
    func stored() { state.withLock { $0.refusal = nil } }

    /// Everything that is wrong.
    var findings: [Finding] {
        state.withLock { state in
            var findings = state.findings
            if let refusal = state.refusal {
                findings.append(
                    Finding(
                        .store,
                        "reports are refused: \(refusal)",
                        "look at the disk: phones keep what was written and send it again"
                    )
                )
            }
            if state.looked.duration(to: .now) > Self.longestPause {
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
