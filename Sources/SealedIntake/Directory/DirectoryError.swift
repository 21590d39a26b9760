/// Why a directory or its roots are refused.
public enum DirectoryError: Refusal {
    /// The file of roots is not in its form, or asks more roots than it has.
    case badRoots
    /// The note is.
    case note(NoteError)
    /// Fewer different roots signed than must.
    case tooFewRoots(found: Int, needed: Int)
    /// A line of the text is not in its form; lines count from 1.
    case badLine(Int)
    /// The lines do not agree with each other.
    case inconsistent
    /// It is of another deployment.
    case otherDeployment
    /// Its last day is past.
    case expired(Day)
    /// A directory of a higher serial is known.
    case staleSerial(found: UInt64, known: UInt64)
    /// Another directory of the same serial is known.
    case contradiction
    /// It does not list the organisation whose desk this is.
    case notListed(OrganisationID)

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .badRoots: "the roots file must hold a threshold and at least so many vkeys"
        case .note(.badSignature): "a root's signature on the directory does not hold"
        case .note(.malformed): "the directory is no signed note"
        case .note(let error): "the note of the directory: \(error.clause)"
        case .tooFewRoots(let found, let needed):
            "the directory is signed by \(found) of the pinned roots, it must be \(needed)"
        case .badLine(let line): "line \(line) of the directory is not in its form"
        case .inconsistent: "the lines of the directory do not agree"
        case .otherDeployment: "the directory is of another deployment, it must be of this one"
        case .expired(let day):
            "the directory has expired on \(day.description), it must still hold"
        case .staleSerial(let found, let known):
            "the directory has serial \(found), it must be at least \(known)"
        case .contradiction: "another directory of the same serial is known"
        case .notListed(let organisation):
            "the directory does not list \"\(organisation.description)\", it must"
        }
    }

    /// What the person who was given it can do about it.
    public var hint: String? {
        switch self {
        case .expired, .staleSerial:
            "ask the people of the directory roots for the newest directory"
        case .contradiction:
            "the roots signed two directories with one serial; keep both files and call them"
        case .note(.malformed):
            "a directory must be signed first: intake-admin root sign"
        default: nil
        }
    }
}
