/// The tree as people wrote it, typed, each part with its place.
struct TreeBlueprint {
    var validFrom: Word?
    var nodes: [Node] = []
    var outcomes: [Outcome] = []
    var modifiers: [Modifier] = []
    var leads: [Statement] = []
    /// The rungs of the ladder, in the order of the file.
    var ladder: [Rung] = []
    var organisations: [Organisation] = []
    var duties: [Statement] = []
    var deskFacts: [(name: Word, values: [Word])] = []
    var forbidden: [Demand] = []
    var required: [Demand] = []
    /// Of each, no walk may show two.
    var apart: [Demand] = []
    /// Key, text and place of each language, the default first.
    var texts: [(language: String, lines: [String: Word])] = []

    /// A question, or a rule that chooses by facts.
    struct Node {
        let id: Word
        var isMany = false
        var answers: [Answer] = []
        var cases: [(target: Word, condition: Condition)] = []
        var sources: [String] = []
        var isRule: Bool { !cases.isEmpty }
    }

    /// An answer: where it leads and what is known by it.
    struct Answer {
        let id: Word
        var target: Word?
        var facts: [(term: Term, position: SourcePosition)] = []
    }

    /// A place that is named, perhaps only sometimes.
    struct Place {
        let id: Word
        let condition: Condition
    }

    /// Where a walk can end.
    struct Outcome {
        let id: Word
        var kind = "help"
        var rung = 0
        var places: [String: [Place]] = [:]
        var sources: [String] = []
        var from: Word?
    }

    /// What facts change.
    struct Modifier {
        let id: Word
        var condition: Condition
        var places: [String: [Place]] = [:]
        var notes: [Word] = []
        var replaced: [(old: Word, new: Word)] = []
        var hidden: [Word] = []
        var sources: [String] = []
    }

    /// A duty, a rule of the desk, or a leading role: shown under a condition.
    struct Statement {
        let id: Word
        var block: String
        var condition: Condition
        var from: String?
        var until: Word?
        /// Why it is not in force yet: it is shown to nobody.
        var sleeps: Word?
        var sources: [String] = []
    }

    /// A step to take when what came before did not help, for who meets the condition.
    struct Rung {
        let id: Word
        var number = 0
        var condition: Condition
        var sources: [String] = []

        /// The organisation it leads to, if it is one: what stands before `--`.
        var place: String {
            id.text.split(separator: "--", maxSplits: 1).first.map(String.init) ?? id.text
        }
    }

    /// Who can help.
    struct Organisation {
        let id: Word
        var channel = "open"
        var anonymous = "unknown"
        var directory: Word?
        var isPartner = false
        var notInTree: Word?
        var contacts: [Contact] = []
        var sources: [String] = []
    }

    /// One way to reach an organisation.
    struct Contact {
        let kind: String
        let value: Word
        var hours: Word?
        var evidence = "none"
        /// The day of the source, or the day it was read.
        var readOn: Word?
        /// The day somebody tried it.
        var checkedOn: Word?

        /// Whether anybody may see it: general knowledge is no evidence.
        var isShown: Bool { evidence == "read" || checkedOn != nil }
    }

    /// What must never, or must always, be shown under a condition.
    struct Demand {
        var shown: [(block: String, id: Word?)]
        var condition: Condition
    }
}
