import SealedIntake

/// What came of a folder: findings, and the files when nothing is wrong.
public struct TreeCompilation {
    /// What is wrong or must be looked at, file by file.
    public let findings: [TreeFinding]
    /// The ways in that are shown and that nobody tried, or not of late: none may be left in what
    /// serves people.
    public let untried: [TreeFinding]
    /// The files, the tree first; none when there is an error.
    public let files: [BuiltFile]
    /// SHA-256 of the tree file in hex; empty when there is an error.
    public let hash: String
    /// How many questions, outcomes, organisations and entries there are.
    public let counts: Counts

    let blueprint: TreeBlueprint
    let entries: [TreeEntryPlan]

    /// A file to write beside the YAML.
    public struct BuiltFile: Equatable, Sendable {
        /// Its name.
        public let name: String
        /// What it holds.
        public let bytes: [UInt8]
    }

    /// How much there is of what.
    public struct Counts: Equatable, Encodable, Sendable {
        /// Questions and rules.
        public let nodes: Int
        /// Outcomes.
        public let outcomes: Int
        /// Organisations.
        public let organisations: Int
        /// Entries of all blocks.
        public let entries: Int
        /// Languages.
        public let languages: Int
    }

    /// Whether something is an error.
    public var hasErrors: Bool { findings.contains { $0.weight == .error } }

    init(
        _ blueprint: TreeBlueprint,
        isWhole: Bool,
        today: Day,
        known: [KnownName],
        _ findings: TreeFindings
    ) {
        let numbers = TreeNumbers(blueprint)
        self.blueprint = numbers.filled(blueprint)
        let untried = TreeFindings()
        if isWhole {
            TreeLinks(blueprint: blueprint, findings: findings).check()
            KnownNameCheck(blueprint: blueprint, findings: findings).check(known)
        }
        let isLinked = isWhole && !findings.hasErrors
        let compiled = isLinked ? TreeCompiler(blueprint).entries : []
        if isWhole {
            numbers.check(blueprint, findings)
            TreeDates(blueprint: blueprint, today: today, findings: findings).check()
            TreeContacts(blueprint: blueprint, today: today, findings: findings, untried: untried)
                .check()
        }
        if isLinked {
            TreeTextCheck(blueprint: blueprint, entries: compiled, findings: findings).check()
            let start = blueprint.validFrom.flatMap { Day(text: [UInt8]($0.text.utf8)) } ?? today
            let day = start.number > today.number ? start : today
            var proof = TreeProof(blueprint, entries: compiled, day: day, findings: findings)
            proof.check()
        }
        entries = compiled
        let isBuilt = isLinked && !findings.hasErrors
        files = isBuilt ? Self.built(self.blueprint, compiled) : []
        hash = files.first.map { String(utf8: Digest(of: $0.bytes).hex) } ?? ""
        counts = Counts(
            nodes: blueprint.nodes.count,
            outcomes: blueprint.outcomes.count,
            organisations: blueprint.organisations.count,
            entries: compiled.count,
            languages: blueprint.texts.count
        )
        self.findings = findings.sorted
        self.untried = untried.sorted
    }

    private static func built(
        _ blueprint: TreeBlueprint,
        _ entries: [TreeEntryPlan]
    ) -> [BuiltFile] {
        let texts = blueprint.texts.map { text in
            (text.language, CanonicalTree.texts(language: text.language, text.lines))
        }
        let tree = CanonicalTree.bytes(blueprint, entries: entries, texts: texts)
        return [BuiltFile(name: "wegwijzer.tree", bytes: tree)]
            + texts.map { BuiltFile(name: "wegwijzer.\($0.0).texts", bytes: $0.1) }
    }
}
