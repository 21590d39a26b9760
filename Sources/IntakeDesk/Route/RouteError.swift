import IntakeConsole
import SealedIntake

/// Why no route of a thread can be said.
public enum RouteError: Refusal {
    /// The reporter sent no answers along.
    case noAnswers
    /// Neither the tree that the directory names is here nor the one the answers were given with.
    case noTree
    /// The tree has no texts in that language.
    case unknownLanguage(String, known: [String])
    /// Not in the form of a fact.
    case notAFact(String)
    /// No fact that a desk may set.
    case unknownFact(String, known: [String])
    /// A fact that may be set, but not to that.
    case unknownValue(String, fact: String, known: [String])
    /// Whether the reporter agreed is theirs to say.
    case consentNotOurs(String)
    /// A fact that was set before.
    case factTwice(String)
    /// The answers walk the tree, but not with these facts.
    case factsDoNotFit

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .noAnswers: "the reporter sent no answers of the decision tree, there must be some"
        case .noTree: "the decision tree is not here yet, an import must bring it"
        case .unknownLanguage(let tag, let known):
            "the decision tree has no texts in \"\(Printable.line(tag))\", "
                + "it must be \(Self.oneOf(known))"
        case .notAFact(let typed):
            "\"\(Printable.line(typed))\" is no fact, it must be FACT=VALUE of a-z, 0-9, - and _"
        case .unknownFact(let name, let known):
            "\"\(name)\" is no fact that a desk may set, it must be \(Self.oneOf(known))"
        case .unknownValue(let value, let fact, let known):
            "\(fact) cannot be \"\(value)\", it must be \(Self.oneOf(known))"
        case .consentNotOurs(let name):
            "\(name) cannot be set, it is what the reporter said in this thread"
        case .factTwice(let name): "\(name) is set twice, it must be set once"
        case .factsDoNotFit: "the answers do not walk the tree with these facts, they must fit"
        }
    }

    /// What the person at the desk can do about it.
    public var hint: String? {
        switch self {
        case .noAnswers: "intake-admin show has what they wrote"
        case .noTree:
            "ask the operator for wegwijzer.tree and wegwijzer.LANG.texts beside the bundle"
        case .consentNotOurs: "ask with intake-admin reply THREAD --kind transfer --to ID"
        default: nil
        }
    }

    private static func oneOf(_ words: [String]) -> String {
        guard words.count > 1, let last = words.last else { return words.first ?? "none" }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }
}
