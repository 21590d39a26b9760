import IntakeConsole
import SealedIntake

/// Why no campaign is made.
public enum CampaignError: SeveralRefusals {
    /// The address is not a plain one.
    case address(String)
    /// The name has more letters than a poster can show.
    case longAddress(Int)
    /// A file of the campaign that is not there or cannot be read.
    case file(String)
    /// What is wrong with the campaign's words, with file and line.
    case words([String])
    /// A name that is asked for and that nobody gives.
    case missing(String)
    /// A part of a template that is opened and not closed.
    case openPart(String)
    /// Answers the tree does not know.
    case answers(String)
    /// The drawing of the QR code is not one of qrencode's.
    case qr
    /// Words that are wider than their place.
    case tooWide(String)
    /// More words than the sheet can hold, by tenths of a millimetre.
    case tooLong(sheet: String, by: Int)
    /// The tree has errors.
    case tree

    /// Each that is wrong with the campaign's words by itself.
    public var clauses: [String] {
        if case .words(let lines) = self { lines } else { [clause] }
    }

    /// What was found, then what must be: one clause.
    public var clause: String {
        switch self {
        case .address(let text):
            "the address \"\(text)\" is not plain, it must be a name with nothing behind it"
        case .longAddress(let count):
            "the name in the address has \(count) letters, it must have at most "
                + "\(CampaignAddress.longest)"
        case .file(let path): "\"\(path)\" cannot be read, it must be a plain file in UTF-8"
        case .words(let lines): lines.joined(separator: "\n")
        case .missing(let key):
            "nothing gives \"\(key)\", a text or a contact that may be printed must"
        case .openPart(let name): "part \"\(name)\" of a template is open, it must be closed"
        case .answers(let text):
            "the tree cannot be walked with \"\(text)\", each must be an answer of a question"
        case .qr: "the QR file is no drawing of qrencode, it must be made with --svg-path"
        case .tooWide(let words):
            "\"\(words)\" is wider than its place on the sheet, it must be shorter"
        case .tooLong(let sheet, let excess):
            "\(sheet) is \(excess) tenths of a millimetre too long, it must say less"
        case .tree: "the tree has errors, it must have none"
        }
    }
}
