import SealedIntake

@testable import IntakeStore

extension GroupCommit {
    /// Stores one past the door, and waits for it.
    func accept(_ incoming: Incoming, day: Day) async throws -> Acceptance {
        try await withCheckedContinuation { continuation in
            take(incoming, day: day) { continuation.resume(returning: $0) }
        }.get()
    }
}
