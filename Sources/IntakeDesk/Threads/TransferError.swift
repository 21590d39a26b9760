import IntakeConsole
import SealedIntake

/// Why a thread cannot be transferred.
public enum TransferError: Refusal {
    /// Its reporter agreed to nothing.
    case noConsent
    /// Its reporter agreed, but nothing in it was written to this organisation.
    case nothingWrittenHere
    /// The directory does not list the organisation, or no key of it for today.
    case notReachable(String)

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .noConsent:
            "the reporter did not agree that this thread is transferred, their consent must come first"
        case .nothingWrittenHere:
            "nothing in this thread was written to this organisation, so nothing can be transferred"
        case .notReachable(let id):
            "the directory has no key for \"\(Printable.line(id))\" today, there must be one"
        }
    }

    /// What the person at the desk can do about it.
    public var hint: String? {
        switch self {
        case .noConsent: "ask with intake-admin reply THREAD --kind transfer --to ID"
        case .nothingWrittenHere: nil
        case .notReachable: "call the people of the directory roots"
        }
    }
}
