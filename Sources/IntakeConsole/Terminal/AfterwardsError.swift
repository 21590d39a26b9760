import SealedIntake

/// What was asked is done; what failed came after it.
///
/// Told as a plain failure it would be done twice.
public struct AfterwardsError: Refusal {
    /// What is done, a clause.
    public let done: String

    /// What is done, then what failed.
    public let clause: String
    /// What the person can do about what failed.
    public let hint: String?

    /// Runs what follows on what is done.
    /// - Throws: ``AfterwardsError`` around a refusal; anything else as it is.
    @discardableResult
    public static func telling<Value>(
        _ done: @autoclosure () -> String,
        _ work: () throws -> Value
    ) throws -> Value {
        do {
            return try work()
        } catch let refusal as any Refusal {
            throw AfterwardsError(done: done(), refusal)
        }
    }

    private init(done: String, _ refusal: any Refusal) {
        self.done = done
        clause = "\(done), but then \(refusal.clause)"
        hint = refusal.hint
    }
}
