import SealedIntake

/// With which decision tree a route was found.
public enum RouteBasis: Equatable, Sendable {
    /// The one that the directory names, with which the report was written.
    case inForce
    /// The one that the directory names; the report was written with another, and its answers fit.
    case inForceForOlder
    /// The one the report was written with: its answers do not fit the one that the directory names.
    case written
    /// The one the report was written with: the one that the directory names is not here.
    case writtenOnly
    /// None: the answers fit no tree that is here; `isHeld` says whether the one they were given
    /// with is.
    case none(WalkError, isHeld: Bool)

    /// What a person must know about it, nil where there is nothing; whole sentences.
    public var note: String? {
        switch self {
        case .inForce: nil
        case .inForceForOlder:
            "This report was written with another decision tree than the one in force. Its "
                + "answers fit the one in force, which says the route below; look whether they mean "
                + "the same."
        case .written:
            "This report was written with another decision tree than the one in force, and its "
                + "answers do not fit that one. The route below is the one of its own tree: duties "
                + "and places may have changed since."
        case .writtenOnly:
            "The decision tree in force is not here: ask the operator for wegwijzer.tree beside the "
                + "bundle. The route below is the one of the tree that the report was written with."
        case .none(let error, isHeld: true):
            "There is no route: \(error.clause), so the answers do not fit the decision tree that "
                + "the report names itself. It was not written with our page. \(Self.advice)"
        case .none(let error, isHeld: false):
            "There is no route: the report was written with a decision tree that is not here, and "
                + "its answers do not fit the one in force (\(error.clause)). \(Self.advice)"
        }
    }

    private static let advice = "Read it, and decide as you would without the tree."
}
