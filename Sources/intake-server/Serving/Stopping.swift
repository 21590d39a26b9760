import Foundation
import NIOCore
import NIOPosix
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
        await Self.pause(GuardLimits.lastComersTime)
        await serving.triggerGracefulShutdown()
        await Self.pause(GuardLimits.stopTime)
        register.closeAll()
        await Self.pause(GuardLimits.stopTimeLeft)
        _exit(EXIT_SUCCESS)
    }

    /// By the loops that serve, whose clock nobody sets: a task may sleep by one that somebody does.
    private static func pause(_ time: TimeAmount) async {
        let loop = MultiThreadedEventLoopGroup.singleton.any()
        try? await loop.scheduleTask(in: time) {}.futureResult.get()
    }
}
