import GRDB
import SealedIntake

/// Everything the server says in public, as ready bytes: the same for everybody, until the next
/// close, directory or acknowledgement.
///
/// The drop alone is read on request: ``PublishedShard``.
/// - SeeAlso: `docs/spec/protocol.md`, section 9.
public struct Publication: Sendable {
    /// Rises with every change.
    public let generation: Int64
    /// The deployment's host name.
    public let deployment: [UInt8]
    /// The directory in force, or nil.
    public let directory: InstalledDirectory?
    /// The day of the newest close; of a new store, the day before it was made.
    public let day: Day
    /// The newest day that was closed for good.
    public let closedThrough: Day
    /// `/v1/log/checkpoint`: the newest, then each organisation's newest cosigned one.
    public let checkpoints: [UInt8]
    /// How many leaves the log has.
    public let size: UInt64
    private let months: [PublishedMonth]

    /// Reads everything from one state of the store, or what changed since another.
    init(from database: Database, since known: Publication? = nil) throws {
        let house = try House.fetch(from: database)
        let directory = try InstalledDirectory.newest(in: database)
        let newest = try StoredCheckpoint.newest(in: database)
        generation = house.generation
        deployment = house.deployment
        self.directory = directory
        day = newest.day
        closedThrough = try House.openDay(in: database).previous
        size = newest.tree.size
        checkpoints = try Self.checkpoints(newest.note, directory, in: database)
        months = try PublishedMonth.all(in: database, known: known?.months ?? [])
    }

    /// Whether the directory names an organisation.
    public func names(_ organisation: OrganisationID) -> Bool {
        directory?.directory.organisation(organisation) != nil
    }

    /// The months that have leaves.
    public var monthsWithLeaves: [Month] { months.filter { !$0.isErased }.map(\.month) }

    /// `/v1/log/{YYYY-MM}`; nil for a month that has not begun on `today`.
    ///
    /// A month without leaves, or whose leaves were erased, has header and roots only.
    public func month(_ month: Month, today: Day) -> [UInt8]? {
        guard month <= today.month else { return nil }
        guard let last = months.last(where: { $0.month <= month }) else {
            return LogRun(before: MerkleTree(), leaves: []).monthFile
        }
        guard last.month < month else { return last.bytes }
        return LogRun(before: last.after, leaves: []).monthFile
    }

    private static func checkpoints(
        _ newest: SignedNote,
        _ directory: InstalledDirectory?,
        in database: Database
    ) throws -> [UInt8] {
        let cosigned = try (directory?.directory.organisations ?? []).map { organisation in
            try Acknowledgement.fetch(organisation.id, in: database)?.note
        }
        return CheckpointList(newest: newest, cosigned: cosigned).bytes
    }
}
