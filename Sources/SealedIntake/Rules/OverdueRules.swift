/// Holds what was escalated to what was due.
struct OverdueRules {
    private struct Handed: Hashable {
        let name: EnvelopeName
        let organisation: OrganisationID
    }

    /// A type 1 leaf of an envelope.
    private struct Source {
        let organisation: OrganisationID
        let index: UInt64
        let day: Day
        let directory: Digest?
    }

    private let directories: [Digest: Directory]
    /// Whether the log is held from its first leaf.
    private let isWhole: Bool
    private var sources: [EnvelopeName: Source] = [:]
    /// Those of an envelope that another organisation has too.
    private var others: [EnvelopeName: [Source]] = [:]
    private var handed: Set<Handed> = []

    init(directories: [Digest: Directory], isWhole: Bool) {
        self.directories = directories
        self.isWhole = isWhole
    }

    /// An envelope came in, which must not have come to that organisation before.
    mutating func receive(
        _ waiting: LoggedEnvelopes.Waiting,
        for organisation: OrganisationID
    ) throws(LogRuleError) {
        let name = waiting.name
        let source = Source(
            organisation: organisation,
            index: waiting.index,
            day: waiting.day,
            directory: waiting.directory
        )
        guard let first = sources.updateValue(source, forKey: name) else { return }
        others[name, default: []].append(first)
        for earlier in others[name] ?? [] where earlier.organisation == organisation {
            throw LogRuleError(waiting.index, .twice(earlier.index))
        }
    }

    /// A type 4 leaf in the close of a day; returns whose envelope it is, as far as it is held.
    mutating func take(
        _ leaf: Leaf,
        for escalation: OrganisationID,
        at index: UInt64,
        on day: Day,
        among envelopes: [OrganisationID: LoggedEnvelopes]
    ) throws(LogRuleError) -> [OrganisationID] {
        let name = EnvelopeName(leaf)
        let entry = Handed(name: name, organisation: escalation)
        guard handed.insert(entry).inserted else { throw LogRuleError(index, .overdueTwice) }
        let found = (others[name] ?? []) + (sources[name].map { [$0] } ?? [])
        guard let first = found.first else {
            guard !isWhole else { throw LogRuleError(index, .overdueUnknown) }
            return []
        }
        let due = found.filter { source in
            source.index >= envelopes[source.organisation]?.acknowledged ?? 0
                && isDue(source, to: escalation, on: day)
        }
        guard !due.isEmpty else { throw LogRuleError(index, .notOverdue(first.index)) }
        return due.map { $0.organisation }
    }

    /// Whether an envelope is due at the close of a day to an escalation organisation; without
    /// the directory of its day, whether it could be.
    private func isDue(_ source: Source, to escalation: OrganisationID, on day: Day) -> Bool {
        let age = day.number - source.day.number
        guard let digest = source.directory, let directory = directories[digest] else {
            return age >= 1
        }
        let rule = directory.organisation(source.organisation)?.escalation
        return rule.map { $0.organisation == escalation && age >= $0.days } ?? false
    }

    /// The first envelope that a close should have escalated and did not.
    ///
    /// `today` is the directory in force at the close; without it nothing is due.
    func forgotten(
        of organisation: OrganisationID,
        _ waiting: ArraySlice<LoggedEnvelopes.Waiting>,
        on day: Day,
        today: Directory?
    ) -> LogRuleError? {
        for one in waiting {
            let age = day.number - one.day.number
            guard age >= 1 else { return nil }
            guard let digest = one.directory, let directory = directories[digest],
                let rule = directory.organisation(organisation)?.escalation, age >= rule.days,
                today?.organisation(rule.organisation) != nil,
                !handed.contains(Handed(name: one.name, organisation: rule.organisation))
            else { continue }
            let escalation = rule.organisation
            return LogRuleError(one.index, .notEscalated(organisation, to: escalation, days: age))
        }
        return nil
    }
}
