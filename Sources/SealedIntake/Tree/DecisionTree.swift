/// The decision tree: what is asked, where each answer leads, and what is shown in the end.
///
/// One file in one form; its SHA-256 stands in every report and in the directory. Texts lie in a
/// file per language, whose digests the tree names. Questions, outcomes and the rest are kept in
/// lists and refer to each other by index, so that a walk compares no names.
/// - SeeAlso: `docs/spec/protocol.md`, section 9.4.
public struct DecisionTree: Hashable, Sendable {
    /// The day the file holds from.
    public let validFrom: Day
    /// The texts of each language, the default first.
    public let texts: [TextsReference]
    /// Questions and rules in the order asked; an answer leads further down only.
    public let nodes: [TreeNode]
    /// The outcomes a walk can reach.
    public let outcomes: [TreeOutcome]
    /// The places that can help.
    public let organisations: [TreeOrganisation]
    /// What is shown, block by block, in the order shown.
    public let entries: [TreeEntry]
    /// The facts that a desk may add, each with the values it may get; none means any.
    public let deskFacts: [DeskFact]
    /// All facts that answers give, terms ask for or a reached outcome makes true.
    public let facts: [Fact]
    /// SHA-256 of the file, which reports and the directory name.
    public let digest: Digest

    /// The index in ``facts`` that says an outcome was reached, for each of ``outcomes``.
    let outcomeFacts: [Int]

    /// Reads the file.
    /// - Throws: ``DecisionTreeError``.
    public init(bytes: [UInt8]) throws(DecisionTreeError) {
        var reader = TreeReader(bytes)
        try reader.readHead()
        try reader.readNodes()
        try reader.readOutcomes()
        try reader.readOrganisations()
        try reader.readEntries()
        try reader.readDeskFacts()
        nodes = try reader.linkedNodes()
        validFrom = reader.validFrom
        texts = reader.texts
        outcomes = reader.outcomes
        outcomeFacts = reader.outcomes.map { reader.facts.index(of: .reached($0.id)) }
        organisations = reader.organisations
        entries = reader.entries
        deskFacts = reader.deskFacts
        facts = reader.facts.list
        digest = Digest(of: bytes)
    }

    /// A language and its texts file.
    public struct TextsReference: Hashable, Sendable {
        /// The language, BCP 47.
        public let language: [UInt8]
        /// SHA-256 of the texts file.
        public let digest: Digest
    }

    /// A fact that only a desk can know.
    public struct DeskFact: Hashable, Sendable {
        /// The name of the fact.
        public let name: [UInt8]
        /// The values it may have; none means any.
        public let values: [[UInt8]]
    }
}

/// Why bytes are no decision tree.
public enum DecisionTreeError: Refusal {
    /// A line that is not in the form; counted from 1.
    case badLine(Int)
    /// The line names a thing for the second time.
    case twice(Int)
    /// An answer or a case leads to nothing that comes later.
    case noTarget
    /// A rule asks for a fact that only a later question gives.
    case factTooLate

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .badLine: "no decision tree file"
        case .twice: "a name of the tree stands twice"
        case .noTarget: "an answer of the tree leads to nothing that comes later"
        case .factTooLate: "a rule of the tree asks for a fact that comes later"
        }
    }
}
