import Foundation
import SealedIntake

/// What the process does before it touches anything secret.
public enum Hardening {
    /// The signals of a crash, which the Swift runtime answers with a backtrace: registers, and
    /// the memory they point to.
    private static let crashes = [
        SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS,
    ]

    /// No core dump and no backtrace may ever hold what was decrypted, whatever `SWIFT_BACKTRACE`
    /// says; new files are ours alone.
    /// - Returns: false when the system refuses the limit.
    public static func apply() -> Bool {
        umask(0o077)
        signal(SIGPIPE, SIG_DFL)
        for crash in crashes { signal(crash, SIG_DFL) }
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        return setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none) == 0
    }
}

extension Day {
    /// The day the machine's clock says it is, in UTC.
    public static var today: Day {
        Day(unixSeconds: UInt64(max(0, time(nil))))
    }
}
