import IntakeDesk
import IntakeTree
import SealedIntake

/// A value that JSON has a word for, written out: a name in the code may change, a word may not.
protocol JSONWord: CaseIterable {
    /// The word.
    var word: String { get }
}

extension JournalEntry.Kind: JSONWord {
    var word: String {
        switch self {
        case .imported: "imported"
        case .refused: "refused"
        case .startAccepted: "start-accepted"
        case .lossAccepted: "loss-accepted"
        case .contradiction: "contradiction"
        case .exported: "exported"
        case .leavesExported: "leaves-exported"
        case .transferred: "transferred"
        case .withdrawn: "withdrawn"
        case .renumbered: "renumbered"
        case .erased: "erased"
        }
    }
}

extension ThreadState: JSONWord {
    var word: String {
        switch self {
        case .new: "new"
        case .followUp: "follow-up"
        case .received: "received"
        case .answered: "answered"
        case .closed: "closed"
        }
    }
}

extension ReporterMessage.Kind: JSONWord {
    /// All of them.
    public static var allCases: [Self] { [.report, .followUp, .consent, .release] }

    var word: String {
        switch self {
        case .report: "report"
        case .followUp: "follow-up"
        case .consent: "consent"
        case .release: "release"
        }
    }
}

extension Attachment.Media: JSONWord {
    /// All of them.
    public static var allCases: [Self] { [.jpeg, .wav, .mp4] }

    var word: String {
        switch self {
        case .jpeg: "jpeg"
        case .wav: "wav"
        case .mp4: "mp4"
        }
    }
}

extension TreeEntry.Block: JSONWord {
    /// All of them.
    public static var allCases: [Self] {
        [.first, .place, .also, .note, .duty, .lead, .rung, .desk]
    }

    var word: String {
        switch self {
        case .first: "first"
        case .place: "place"
        case .also: "also"
        case .note: "note"
        case .duty: "duty"
        case .lead: "lead"
        case .rung: "rung"
        case .desk: "desk"
        }
    }
}

extension TreeOrganisation.Anonymity: JSONWord {
    /// All of them.
    public static var allCases: [Self] { [.yes, .advice, .no, .unknown] }

    var word: String {
        switch self {
        case .yes: "yes"
        case .advice: "advice"
        case .no: "no"
        case .unknown: "unknown"
        }
    }
}

extension TreeFinding.Weight: JSONWord {
    /// All of them.
    public static var allCases: [Self] { [.error, .warning] }

    var word: String {
        switch self {
        case .error: "error"
        case .warning: "warning"
        }
    }
}

extension ReplyKindArgument: JSONWord {
    var word: String { rawValue }
}

/// How a place is reached; which organisation a sealed one is stands beside it.
enum ChannelWord: JSONWord {
    case open, school, sealed

    init(_ channel: TreeOrganisation.Channel) {
        switch channel {
        case .open: self = .open
        case .school: self = .school
        case .sealed: self = .sealed
        }
    }

    var word: String {
        switch self {
        case .open: "open"
        case .school: "school"
        case .sealed: "sealed"
        }
    }
}

/// How a message came; from whom stands beside it.
enum SourceWord: JSONWord {
    case written, released, transferred

    init(_ source: MessageSource) {
        switch source {
        case .written: self = .written
        case .released: self = .released
        case .transferred: self = .transferred
        }
    }

    var word: String {
        switch self {
        case .written: "written"
        case .released: "released"
        case .transferred: "transferred"
        }
    }
}

/// What came of the decision tree beside a bundle; why it was refused stands beside it.
enum TreeWord: JSONWord {
    case taken, held, missing, refused

    init(_ news: TreeNews) {
        switch news {
        case .taken: self = .taken
        case .held: self = .held
        case .missing: self = .missing
        case .refused: self = .refused
        }
    }

    var word: String {
        switch self {
        case .taken: "taken"
        case .held: "held"
        case .missing: "missing"
        case .refused: "refused"
        }
    }
}

/// Where which words stand.
enum JSONWords {
    /// By `command: key`, in the order of the documents.
    static let lists: [(place: String, words: [String])] = [
        ("list, show, route: state", words(of: ThreadState.self)),
        ("show: messages.kind", words(of: ReporterMessage.Kind.self)),
        ("show: messages.source", words(of: SourceWord.self)),
        ("show: attachments.media", words(of: Attachment.Media.self)),
        ("show, reply, withdraw: kind of a reply", words(of: ReplyKindArgument.self)),
        ("import: tree", words(of: TreeWord.self)),
        ("route: block", words(of: TreeEntry.Block.self)),
        ("route: channel", words(of: ChannelWord.self)),
        ("route: anonymous", words(of: TreeOrganisation.Anonymity.self)),
        ("journal: kind", words(of: JournalEntry.Kind.self)),
        ("tree check: weight", words(of: TreeFinding.Weight.self)),
    ]

    private static func words<Value: JSONWord>(of kind: Value.Type) -> [String] {
        kind.allCases.map(\.word)
    }
}
