import SealedIntake

/// Holds what was handed on as overdue to what was due.
struct OverdueAudit {
    private struct Handed: Hashable {
        let envelope: LoggedEnvelope
        let organisation: OrganisationID
    }

    private struct Source {
        let organisation: OrganisationID
        let waiting: OrganisationAudit.Waiting
    }

    private let directories: AuditDirectories
    /// Whether the log is held from its first entry.
    private let isWhole: Bool
    private var sources: [LoggedEnvelope: [Source]] = [:]
    private var handed: Set<Handed> = []

    init(directories: AuditDirectories, isWhole: Bool) {
        self.directories = directories
        self.isWhole = isWhole
    }

    /// An envelope came in.
    mutating func receive(_ waiting: OrganisationAudit.Waiting, for organisation: OrganisationID) {
        sources[waiting.envelope, default: []]
            .append(Source(organisation: organisation, waiting: waiting))
    }

    /// A type 4 leaf in the close of a day; returns whose envelope it is, as far as it is held.
    mutating func take(
        _ leaf: Leaf,
        for escalation: OrganisationID,
        on day: Day,
        acknowledged: (OrganisationID) -> UInt64
    ) throws(EntryError) -> [OrganisationID] {
        let envelope = LoggedEnvelope(tag: leaf.tag, digest: leaf.digest)
        let entry = Handed(envelope: envelope, organisation: escalation)
        guard handed.insert(entry).inserted else { throw .overdueTwice }
        guard let found = sources[envelope], let first = found.first else {
            guard !isWhole else { throw .overdueUnknown }
            return []
        }
        let due = found.filter { source in
            source.waiting.position >= acknowledged(source.organisation)
                && isDue(source, to: escalation, on: day)
        }
        guard !due.isEmpty else { throw .notOverdue(first.waiting.position) }
        return due.map(\.organisation)
    }

    /// Whether an envelope is due at the close of a day to an escalation organisation; without
    /// the directory of its day, whether it could be.
    private func isDue(_ source: Source, to escalation: OrganisationID, on day: Day) -> Bool {
        let age = day.number - source.waiting.day.number
        guard let digest = source.waiting.directory, let directory = directories[digest] else {
            return age >= 1
        }
        let rule = directory.organisation(source.organisation)?.escalation
        return rule.map { $0.organisation == escalation && age >= $0.days } ?? false
    }

    /// The first envelope that a close should have handed on and did not.
    ///
    /// `today` is the directory in force at the close; without it nothing is due.
    func forgotten(
        of organisation: OrganisationID,
        _ waiting: ArraySlice<OrganisationAudit.Waiting>,
        on day: Day,
        today: Directory?
    ) -> (position: UInt64, fault: EntryError)? {
        for one in waiting {
            let age = day.number - one.day.number
            guard age >= 1 else { return nil }
            guard let digest = one.directory, let directory = directories[digest],
                let rule = directory.organisation(organisation)?.escalation, age >= rule.days,
                today?.organisation(rule.organisation) != nil
            else { continue }
            let entry = Handed(envelope: one.envelope, organisation: rule.organisation)
            guard handed.contains(entry) else {
                let fault = EntryError.notHandedOn(organisation, to: rule.organisation, days: age)
                return (one.position, fault)
            }
        }
        return nil
    }
}
