import IntakeConsole
import SealedIntake

/// Why a reply cannot be written.
public enum NewReplyError: Refusal {
    /// The kind must have a text.
    case textMissing
    /// More bytes than a reply holds; so many of its last signs do not fit.
    case textTooLong(found: Int, most: Int, signs: Int)
    /// Not UTF-8, or with control characters.
    case textUnprintable
    /// All 64 numbers of the thread are used.
    case threadFull
    /// Not one of the other organisations of the directory.
    case notAnotherOrganisation(String)

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .textMissing: "the reply has no text, it must have one"
        case .textTooLong(let found, let most, let signs):
            "the reply has \(found) bytes, it must have at most \(most): its last "
                + (signs == 1 ? "letter does not fit" : "\(signs) letters do not fit")
        case .textUnprintable: "the reply is no plain text, it must be UTF-8"
        case .threadFull: "this thread has \(TagKey.replyCount) replies, there can be no more"
        case .notAnotherOrganisation(let id):
            "\"\(Printable.line(id))\" is none of the other organisations of the directory"
        }
    }
}
