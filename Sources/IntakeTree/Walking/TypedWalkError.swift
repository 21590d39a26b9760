import SealedIntake

/// Why a tree cannot be walked by what was typed.
public struct TypedWalkError: Refusal {
    /// What was found, then what must be.
    public let clause: String
    /// What to do about it.
    public let hint: String?

    init(_ clause: String, _ hint: String? = nil) {
        self.clause = clause
        self.hint = hint
    }
}
