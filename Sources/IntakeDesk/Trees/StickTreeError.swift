import IntakeConsole
import SealedIntake

/// Why a decision tree that lay beside a bundle was not taken; the reports were.
public enum StickTreeError: Refusal {
    /// The file has another SHA-256 than the one in the directory.
    case otherTree(path: String)
    /// It is the file that the directory names, and this program cannot read it.
    case unknownForm(path: String)
    /// A texts file has another SHA-256 than the one in the tree, or another language.
    case otherTexts(path: String)
    /// A file cannot be read.
    case file(FileError)

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .otherTree(let path):
            "\"\(path)\" is not the decision tree that the directory names, it must be that one"
        case .unknownForm(let path):
            "\"\(path)\" is of a form that this program cannot read, a newer program must"
        case .otherTexts(let path):
            "\"\(path)\" is not the texts file that the decision tree names, it must be that one"
        case .file(let fault): fault.clause
        }
    }
}
