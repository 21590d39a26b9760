import IntakeConsole
import IntakeStore
import NIOPosix
import SealedIntake
import ServiceLifecycle

/// Closes past days at start and at 02:00 UTC, beside the requests; takes up what other processes
/// changed; tells the operator of the disk and the load.
struct Housekeeping: Service {
    let store: Store
    let logKey: LogKey
    let mark: HighWaterMark
    let leastFreeBytes: UInt64

    /// Between two looks at the clock.
    private static let pause = Duration.seconds(20)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var said: String?
            var warnings = OperatorWarnings(leastBytes: leastFreeBytes)
            while !Task.isCancelled {
                let problem = await lookAround()
                if let problem, problem != said {
                    warn("past days are not closed: \(problem)")
                }
                said = problem
                let lines = warnings.lines(
                    freeBytes: store.freeBytes,
                    busy: store.busyOrganisations(at: Clock.seconds),
                    hour: Stamp.hour(of: Clock.seconds)
                )
                for line in lines { warn(line) }
                try? await Task.sleep(for: Self.pause)
            }
        }
    }

    /// Runs where waiting for a disk holds up nobody.
    private func lookAround() async -> String? {
        let result = try? await NIOThreadPool.singleton.runIfActive { () -> String? in
            do {
                _ = try store.newestPublication()
                let last = Clock.lastDayToClose
                guard last < Clock.today else { return nil }
                _ = try store.closePastDays(
                    through: last,
                    today: Clock.today,
                    logKey: logKey,
                    mark: mark
                ) { $0.warnings.forEach(warn) }
                return nil
            } catch {
                return (error as? any Refusal)?.clause ?? "the store cannot be read"
            }
        }
        return result ?? nil
    }
}
