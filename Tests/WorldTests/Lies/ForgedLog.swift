import Stage
import Testing

@testable import IntakeStore
@testable import SealedIntake

/// The log as somebody with the log key tells it: that of the store, until they change it.
struct ForgedLog {
    let world: World
    var entries: [LoggedEntry]

    init(of world: World) throws {
        self.world = world
        entries = try LoggedEntry.all(in: world.store)
    }

    /// The place of the first leaf that is about an object.
    func place(of digest: Digest) throws -> Int {
        try #require(entries.firstIndex { $0.leaf.digest == digest })
    }

    private var told: PaperLog { PaperLog(entries.map { .init($0.leaf, $0.object) }) }

    func checkpoint(of size: Int) throws -> VerifiedCheckpoint {
        let key = world.logKey
        return try key.verified(key.signer.checkpoint(told.tree(of: size)))
    }

    /// A whole stick for a desk; without the objects at some places.
    func stick(
        for id: OrganisationID,
        from: Int,
        without missing: Set<Int> = [],
        witnesses: [SignedNote]? = nil
    ) throws -> [UInt8] {
        try told.stick(
            for: id,
            from: from,
            without: missing,
            witnesses: try witnesses ?? world.witnesses().map(\.note),
            by: world.logKey.signer
        )
    }
}

extension World {
    /// What the organisations cosigned last, as an honest stick carries it; without one of them.
    func witnesses(
        besides id: OrganisationID? = nil
    ) throws -> [(organisation: OrganisationID, note: SignedNote)] {
        let list = try CheckpointList(bytes: store.publication.checkpoints)
        return try zip(directory.organisations, list.cosigned).compactMap { listed, note in
            guard listed.id != id, let note else { return nil }
            return (listed.id, note)
        }
    }

    /// The note an organisation cosigned last, as everybody sees it.
    func published(_ id: OrganisationID) throws -> SignedNote? {
        let list = try CheckpointList(bytes: store.publication.checkpoints)
        let place = try #require(try directory.organisations.firstIndex { $0.id == id })
        return list.cosigned[place]
    }
}
