@testable import IntakeStore

extension Turnstile {
    /// Does the work when its turn comes, as the store does, for tests that wait for it.
    /// - Throws: ``StoreError/overloaded`` at once when too much waits already.
    func run<Value: Sendable>(
        _ work: @escaping @Sendable () -> Result<Value, any Error>
    ) async throws -> Value {
        let result: Result<Value, any Error> = await withCheckedContinuation { continuation in
            let isLetIn = admit { continuation.resume(returning: work()) }
            if !isLetIn { continuation.resume(returning: .failure(StoreError.overloaded)) }
        }
        return try result.get()
    }
}
