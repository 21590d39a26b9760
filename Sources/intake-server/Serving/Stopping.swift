import Foundation
import ServiceLifecycle
import UnixSignals

/// How a server ends that is asked to, by SIGTERM or SIGINT: it answers what is on its way and
/// takes nothing new.
///
/// From the signal on each answer is told to be its connection's last. Who had a connection by then
/// and was not taken up yet has a moment to be; then nobody is let in, and who does nothing is let
/// go. Who sends slower than the time that is left is cut off. A second signal ends at once.
struct Stopping {
    let register: ConnectionRegister

    /// Runs what serves until it is asked to end and has answered, with what goes on beside it.
    func run(_ serving: ServiceGroup, beside housekeeping: Housekeeping) async throws {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        let keeping = Task { await housekeeping.run() }
        let obeying = Task {
            var isAsked = false
            for await _ in signals {
                guard !isAsked else { _exit(EXIT_FAILURE) }
                isAsked = true
                keeping.cancel()
                Task { await stop(serving) }
            }
        }
        let result = await Task { try await serving.run() }.result
        keeping.cancel()
        await keeping.value
        obeying.cancel()
        try result.get()
    }

    /// What lasts longer than all of this is work that the next start does again.
    private func stop(_ serving: ServiceGroup) async {
        register.stop()
        try? await Task.sleep(for: GuardLimits.lastComersTime)
        await serving.triggerGracefulShutdown()
        try? await Task.sleep(for: GuardLimits.stopTime)
        register.closeAll()
        try? await Task.sleep(for: GuardLimits.stopTimeLeft)
        _exit(EXIT_SUCCESS)
    }
}
