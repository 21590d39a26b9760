import SealedIntake

/// Fillers for one close, made before the close takes the lock: for each organisation as many
/// as any count of submissions could need.
///
/// A filler is a real envelope of kind 127 under a random tag; nothing marks it.
/// - SeeAlso: `docs/spec/protocol.md`, section 8.
struct FillerStock: Sendable {
    /// A filler and the tag it is filed under.
    struct Entry: Sendable {
        let tag: Tag
        let envelope: Envelope
    }

    /// The directory it was made for; nil without one.
    let directory: InstalledDirectory?

    private let entries: [OrganisationID: [Entry]]

    /// Seals to the keys that are in use on `today`.
    init(directory: InstalledDirectory?, today: Day) {
        self.directory = directory
        var entries: [OrganisationID: [Entry]] = [:]
        for organisation in directory?.directory.organisations ?? [] {
            entries[organisation.id] = (0..<organisation.batch).compactMap { _ in
                Self.entry(for: organisation, in: directory?.directory, on: today)
            }
        }
        self.entries = entries
    }

    /// How many fillers a number of submissions needs.
    static func count(for submissions: Int, batch: Int) -> Int {
        let batches = max(1, (submissions + batch - 1) / batch)
        return batches * batch - submissions
    }

    /// The fillers of an organisation that got a number of submissions.
    func fillers(for organisation: Organisation, submissions: Int) -> [Entry] {
        let count = Self.count(for: submissions, batch: Int(organisation.batch))
        return [Entry](entries[organisation.id, default: []].prefix(count))
    }

    /// Where every epoch is over, the last one still serves: a day must close.
    private static func entry(
        for organisation: Organisation,
        in directory: Directory?,
        on day: Day
    ) -> Entry? {
        let last = organisation.epochs.last?.key
        guard let key = organisation.sealingKey(on: day) ?? last else { return nil }
        let escalation = directory?.escalationKey(of: organisation, on: day)
        let envelope = Envelope.text(
            Filler.frame(for: organisation.id),
            to: key,
            second: escalation?.fillerWrap ?? .decoy
        )
        return Entry(tag: .random(), envelope: envelope)
    }
}
