import SealedIntake

/// Which type 1 leaves overdue envelopes come from, and how far their organisations acknowledged
/// the log since.
struct LeafOrigins {
    private struct Name: Hashable {
        let tag: Tag
        let digest: Digest
    }

    private let wanted: Set<Digest>
    private var origins: [Name: OverdueRecord.Origin] = [:]
    private var unclosed: [Name] = []
    private var acknowledged: [OrganisationID: UInt64] = [:]

    /// Looks through the log once, from the leaves held to those of a bundle; not at all where
    /// nothing is looked for.
    init(of wanted: [Digest], held: HeldLog, bundle: InBundle) {
        self.wanted = Set(wanted)
        guard !wanted.isEmpty else { return }
        for (index, leaf) in held.run.indexed {
            if leaf.type == .acknowledgement, let by = leaf.organisation {
                acknowledge(by, size: leaf.number ?? 0)
            }
            see(leaf, at: index)
        }
        for (index, leaf) in bundle.run.indexed { see(leaf, at: index) }
    }

    /// The origin of an envelope, or nil where the leaves held do not have it.
    subscript(tag: Tag, digest: Digest) -> OverdueRecord.Origin? {
        origins[Name(tag: tag, digest: digest)]
    }

    /// Notes an acknowledgement.
    mutating func acknowledge(_ organisation: OrganisationID, size: UInt64) {
        acknowledged[organisation] = max(acknowledged[organisation] ?? 0, size)
    }

    /// Whether the organisation an envelope was written to acknowledged it.
    func isAcknowledged(_ origin: OverdueRecord.Origin?) -> Bool {
        guard let origin else { return false }
        return origin.index < acknowledged[origin.organisation] ?? 0
    }

    /// The first leaf of a name counts; its day is that of the next end of a day.
    private mutating func see(_ leaf: Leaf, at index: UInt64) {
        if let day = leaf.day {
            for name in unclosed {
                guard let origin = origins[name] else { continue }
                origins[name] = OverdueRecord.Origin(
                    organisation: origin.organisation,
                    index: origin.index,
                    day: day
                )
            }
            unclosed = []
        }
        let name = Name(tag: leaf.tag, digest: leaf.digest)
        guard leaf.type == .submission, wanted.contains(leaf.digest), origins[name] == nil,
            let organisation = leaf.organisation
        else { return }
        origins[name] = OverdueRecord.Origin(
            organisation: organisation,
            index: index,
            day: Day(number: 0)
        )
        unclosed.append(name)
    }
}
