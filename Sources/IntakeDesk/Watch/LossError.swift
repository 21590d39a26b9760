import IntakeConsole
import SealedIntake

/// Why the loss of an object is not accepted.
public enum LossError: Refusal {
    /// Fewer than 8 hexadecimal digits, or something else.
    case notADigest(String)
    /// Nothing is missing at that index.
    case notMissing(index: UInt64)
    /// Something else is missing at that index.
    case otherDigest(index: UInt64)

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .notADigest(let typed):
            "\"\(Printable.line(typed))\" names no object, it must be 8 or more of 0-9 and a-f"
        case .notMissing(let index):
            "nothing of this desk is missing at leaf \(index), it must be one that is"
        case .otherDigest(let index):
            "the object missing at leaf \(index) has another digest, it must be named exactly"
        }
    }

    /// What the person at the desk can do about it.
    public var hint: String? { "intake-admin accept-loss --vault FILE lists what is missing" }
}
