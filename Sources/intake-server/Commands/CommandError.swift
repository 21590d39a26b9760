import ArgumentParser
import Foundation
import IntakeConsole
import IntakeStore
import SealedIntake

/// Why a command did not do what it was asked, in one line.
struct CommandError: Refusal {
    /// What was found, then what must be.
    let clause: String

    init(_ clause: String) {
        self.clause = clause
    }
}

/// Runs a command's work; a refusal is one line on standard error and exit status 1.
func reporting<Result>(_ work: () async throws -> Result) async throws -> Result {
    do {
        return try await work()
    } catch {
        throw clause(of: error).map(refused) ?? error
    }
}

/// What a refusal of ours says, or nil for any other error.
func clause(of error: any Error) -> String? {
    (error as? any Refusal)?.clause
}

/// Says a refusal and gives the exit status for it.
private func refused(_ clause: String) -> ExitCode {
    warn(clause)
    return .failure
}

/// Says one line on standard error.
///
/// Where that is gone nobody can be told, and all goes on.
func warn(_ clause: String) {
    GivenOutput.put("intake-server: \(clause)\n", to: STDERR_FILENO)
}
