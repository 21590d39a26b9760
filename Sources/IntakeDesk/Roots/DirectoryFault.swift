import SealedIntake

/// Why a directory or a roots file given by hand is refused.
public enum DirectoryFault: Error, Equatable, Sendable {
    /// The note, or the roots file.
    case refused(DirectoryError)
    /// The note does not list this organisation.
    case notListed(organisation: String)

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .refused(.tooFewRoots(let found, let needed)):
            "the directory is signed by \(found) of the pinned roots, it must be \(needed)"
        case .refused(.badLine(let line)):
            "line \(line) of the directory is not in its form"
        case .refused(.expired(let day)):
            "the directory has expired on \(text(day.text)), it must still hold"
        case .refused(.staleSerial(let found, let known)):
            "the directory has serial \(found), it must be at least \(known)"
        case .refused(.otherDeployment):
            "the directory is of another deployment, it must be this desk's"
        case .refused(.note(.badSignature)):
            "a root's signature on the directory does not hold"
        case .refused(.note(.malformed)): "the directory is no signed note"
        case .refused(let error): "\(error.clause)"
        case .notListed(let organisation):
            "the directory does not list \"\(organisation)\", it must"
        }
    }

    /// What the person at the desk can do about it.
    public var hint: String? {
        switch self {
        case .refused(.expired), .refused(.staleSerial):
            "ask the people of the directory roots for the newest directory"
        case .refused(.contradiction):
            "the roots signed two directories with one serial; keep both files and call them"
        case .refused(.note(.malformed)):
            "a directory must be signed first: intake-admin root sign"
        default: nil
        }
    }
}

/// UTF-8 that our own code or a checked format made, as a `String`.
func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self)
}
