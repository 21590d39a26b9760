import ArgumentParser
import IntakeStore
import SealedIntake

/// Runs a command's work; a refusal is one line on standard error and exit status 1.
func reporting<Result>(_ work: () async throws -> Result) async throws -> Result {
    do {
        return try await work()
    } catch {
        throw refusalClause(of: error).map(refused) ?? error
    }
}

/// What a refusal of ours says, or nil for any other error.
func refusalClause(of error: any Error) -> String? {
    switch error {
    case let error as StoreError: error.clause
    case let error as CommandError: error.clause
    case let error as any Refusal: error.reason
    default: nil
    }
}

/// Says a refusal and gives the exit status for it.
private func refused(_ clause: String) -> ExitCode {
    warn(clause)
    return .failure
}
