import ArgumentParser
import Foundation
import IntakeStore
import SealedIntake

/// Why a command did not do what it was asked, in one line.
struct CommandError: Error {
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
    } catch let error as StoreError {
        throw refused(error.clause)
    } catch let error as CommandError {
        throw refused(error.clause)
    } catch let error as any Refusal {
        throw refused(error.reason)
    }
}

/// Says a refusal and gives the exit status for it.
private func refused(_ clause: String) -> ExitCode {
    warn(clause)
    return .failure
}

/// Says one line on standard error.
func warn(_ clause: String) {
    FileHandle.standardError.write(Data("intake-server: \(clause)\n".utf8))
}
