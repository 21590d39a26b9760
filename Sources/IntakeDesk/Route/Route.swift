import SealedIntake

/// Where a thread belongs by the decision tree, and what holds for this desk.
public struct Route: Sendable {
    /// The line of the list.
    public let thread: ThreadSummary
    /// With which tree it was found.
    public let basis: RouteBasis
    /// What the tree says; nil where the answers fit no tree that is here.
    public let walked: WalkedRoute?
    /// What the reporter chose.
    public let answers: [AnsweredQuestion]
    /// What was set here.
    public let facts: [Fact]
    /// All that may be set; what the reporter agreed to is not among it.
    public let settable: [DecisionTree.DeskFact]
    /// By when the reporter must hear something.
    public let deadlines: Deadlines
    /// The organisations to which the reporter agreed that this is transferred.
    public let agreed: [OrganisationID]
    /// This desk's own organisation.
    public let own: OrganisationID
    /// What organisations are called.
    public let names: OrganisationNames
}
