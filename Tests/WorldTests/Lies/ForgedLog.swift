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

    func tree(of size: Int? = nil) -> MerkleTree {
        entries.prefix(size ?? entries.count)
            .reduce(into: MerkleTree()) { $0.append($1.leaf.hash) }
    }

    func checkpoint(of size: Int? = nil) throws -> VerifiedCheckpoint {
        let tree = tree(of: size)
        let text = Checkpoint(origin: World.deployment, size: tree.size, root: tree.root).text
        return try VerifiedCheckpoint(
            note: world.logKey.signer.note(text),
            origin: World.deployment,
            logKeys: [world.logKey.verifierKey]
        )
    }

    /// A whole stick for a desk; without the objects at some places.
    func stick(
        for id: OrganisationID,
        from: Int,
        to: Int? = nil,
        without missing: Set<Int> = [],
        witnesses: [SignedNote]? = nil
    ) throws -> [UInt8] {
        var objects: [UInt8] = []
        let rows = (from..<(to ?? entries.count)).map { place in
            let entry = entries[place]
            let travels = entry.leaf.type == .directory || entry.leaf.organisation == id
            let object = travels && !missing.contains(place) ? entry.object ?? [] : []
            objects += object
            return InBundle.LeafRow(leaf: entry.leaf, size: UInt32(object.count))
        }
        let head = InBundle.head(
            checkpoint: try checkpoint(of: to),
            organisation: id,
            before: tree(of: from),
            leaves: rows,
            pieces: [],
            witnesses: try witnesses ?? world.witnesses().map(\.note),
            signer: world.logKey.signer
        )
        return head + objects
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
