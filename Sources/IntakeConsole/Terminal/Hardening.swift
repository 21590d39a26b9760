import Foundation

/// What a process does before it touches anything secret.
public enum Hardening {
    /// The signals of a crash, which the Swift runtime answers with a backtrace: registers, and
    /// the memory they point to.
    private static let crashes = [
        SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS,
    ]

    /// Lets the system end a process that crashes at once, whatever `SWIFT_BACKTRACE` says.
    ///
    /// The runtime takes the signals before any code of ours runs: nothing is in memory by then.
    public static func silenceCrashes() {
        for crash in crashes { signal(crash, SIG_DFL) }
    }

    /// No core dump and no backtrace may ever hold what was decrypted; new files are ours alone.
    /// - Returns: false when the system refuses the limit.
    public static func apply() -> Bool {
        umask(0o077)
        signal(SIGPIPE, SIG_DFL)
        silenceCrashes()
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        return setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none) == 0
    }
}
