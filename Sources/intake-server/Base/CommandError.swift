import Foundation
import IntakeConsole
import SealedIntake

/// Why a command did not do what it was asked.
struct CommandError: Refusal {
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
    Terminal.tell("intake-server: \(clause)\n")
}
