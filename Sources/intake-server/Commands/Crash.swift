import Foundation

/// What happens when this process crashes: it ends, and says nothing of what it had in memory.
enum Crash {
    /// The signals of a crash, which the Swift runtime answers with a backtrace: registers, and
    /// the memory they point to.
    private static let signals = [
        SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS,
    ]

    /// Lets the system end the process at once, whatever `SWIFT_BACKTRACE` says.
    ///
    /// The runtime takes the signals before any code of ours runs: nothing is in memory by then.
    static func silence() {
        for one in signals { signal(one, SIG_DFL) }
    }
}
