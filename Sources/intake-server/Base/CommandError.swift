import Foundation
import IntakeFiles

/// Why a command did not do what it was asked, in one line.
struct CommandError: Error {
    /// What was found, then what must be.
    let clause: String

    init(_ clause: String) {
        self.clause = clause
    }
}

/// Says one line on standard error.
///
/// Where that is gone nobody can be told, and all goes on.
func warn(_ clause: String) {
    GivenOutput.put("intake-server: \(clause)\n", to: STDERR_FILENO)
}
