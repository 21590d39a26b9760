import IntakeConsole

/// What an import brought of the decision tree that the directory names.
public enum TreeNews: Equatable, Sendable {
    /// It lay beside the bundle, with all its texts, and is kept now.
    case taken
    /// It was here already.
    case held
    /// It is not here, and none lay beside the bundle.
    case missing
    /// What lay beside the bundle was not taken; `isHeld` says whether the right one is here.
    case refused(StickTreeError, isHeld: Bool)

    /// Why what lay beside the bundle was not taken.
    public var fault: StickTreeError? {
        if case .refused(let fault, _) = self { fault } else { nil }
    }

    /// What a person must know, nil where there is nothing to say; safe for a terminal.
    public var line: String? {
        switch self {
        case .held: nil
        case .taken: "decision tree: taken with its texts"
        case .missing: "decision tree: not here and not beside the bundle; \(Self.advice)"
        case .refused(let fault, let isHeld):
            "decision tree: not taken, \(Printable.line(fault.clause)); "
                + (isHeld ? "the right one is here already" : Self.advice)
        }
    }

    private static let advice =
        "ask the operator for wegwijzer.tree and wegwijzer.LANG.texts beside it"
}
