import ArgumentParser
import IntakeConsole
import SealedIntake

/// Runs a command's work; a refusal is one line on standard error and exit status 1.
func reporting<Result>(_ work: () async throws -> Result) async throws -> Result {
    do {
        return try await work()
    } catch let refusal as any Refusal {
        RefusalLines.tell(refusal, program: "intake-server")
        throw ExitCode.failure
    }
}
