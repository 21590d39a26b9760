@testable import SealedIntake

/// The server's bytes, made with the core's own encoders: a log, its objects, bundles of it.
final class TestServer {
    static let deployment = "briefje.example"

    let log: NoteSigner
    let organisation: OrganisationID
    private(set) var leaves: [Leaf] = []
    private var objects: [Int: [UInt8]] = [:]
    var pieces: [Digest: [UInt8]] = [:]
    /// What this organisation's desk cosigned last, which each bundle shows it.
    var cosigned: SignedNote?

    init(organisation: OrganisationID, log: consuming NoteSigner? = nil) {
        self.organisation = organisation
        self.log =
            log ?? NoteSigner(name: ascii(Self.deployment), pair: .random())
    }

    /// The `promise` line of a directory, with a key that nobody keeps.
    static func promiseLine(_ deployment: [UInt8]) -> String {
        let name = Directory.promiseKeyName(deployment)
        let key = VerifierKey(name: name, key: promiseKey).text
        return "promise \(String(decoding: key, as: UTF8.self))"
    }

    private static let promiseKey = SigningKeyPair.random().publicKey

    /// Another server with the same key and log so far, or so long, free to tell another story.
    func twin(until size: Int? = nil) -> TestServer {
        let seed = SecretBytes(copying: log.pair.exposedSeed)
        let pair = SigningKeyPair(seed: seed)
        let other = TestServer(
            organisation: organisation,
            log: NoteSigner(name: log.name, pair: pair)
        )
        other.leaves = [Leaf](leaves.prefix(size ?? leaves.count))
        other.objects = objects.filter { $0.key < other.leaves.count }
        other.pieces = pieces
        return other
    }

    /// Closes a day with what came in; returns the index of the first leaf of `sent`.
    @discardableResult
    func close(
        _ day: Day,
        directory: SignedNote? = nil,
        serial: UInt64 = 1,
        sent: [TestReporter.Sent] = [],
        others: [Leaf] = []
    ) -> Int {
        if let directory {
            append(.directory(serial: serial, digest: directory.digest), directory.bytes)
        }
        let first = leaves.count
        for message in sent {
            let digest = Digest(of: message.envelope)
            append(.submission(organisation, message.tag, digest), message.envelope)
        }
        for leaf in others { append(leaf) }
        append(.dayEnd(day))
        return first
    }

    func append(_ leaf: Leaf, _ object: [UInt8]? = nil) {
        objects[leaves.count] = object
        leaves.append(leaf)
    }

    func tree(of size: Int) -> MerkleTree {
        leaves.prefix(size).reduce(into: MerkleTree()) { $0.append($1.hash) }
    }

    func checkpoint(of size: Int? = nil) throws -> VerifiedCheckpoint {
        let tree = tree(of: size ?? leaves.count)
        let text = Checkpoint(origin: log.name, size: tree.size, root: tree.root).text
        return try VerifiedCheckpoint(
            note: log.note(text),
            origin: log.name,
            logKeys: [log.verifierKey]
        )
    }

    /// The rows of a bundle, with the objects of `missing` leaves left out.
    func rows(
        from: Int = 0,
        to: Int? = nil,
        missing: Set<Int> = [],
        for receiver: OrganisationID? = nil
    ) -> (rows: [InBundle.LeafRow], objects: [UInt8]) {
        var rows: [InBundle.LeafRow] = []
        var bytes: [UInt8] = []
        for index in from..<(to ?? leaves.count) {
            let owner = leaves[index].organisation
            let travels = owner == nil || owner == receiver ?? organisation
            let object = missing.contains(index) || !travels ? [] : objects[index] ?? []
            rows.append(InBundle.LeafRow(leaf: leaves[index], size: UInt32(object.count)))
            bytes += object
        }
        return (rows, bytes)
    }

    /// A whole bundle.
    func bundle(
        from: Int = 0,
        to: Int? = nil,
        missing: Set<Int> = [],
        witnesses: [SignedNote] = [],
        for receiver: OrganisationID? = nil
    ) throws -> [UInt8] {
        let (rows, bytes) = rows(from: from, to: to, missing: missing, for: receiver)
        let pieceDigests = pieces.keys.sorted()
        let head = InBundle.head(
            checkpoint: try checkpoint(of: to),
            organisation: receiver ?? organisation,
            before: tree(of: from),
            leaves: rows,
            pieces: pieceDigests.map {
                InBundle.PieceRow(digest: $0, size: UInt32(pieces[$0]?.count ?? 0))
            },
            witnesses: witnesses + [cosigned].compactMap { $0 },
            signer: log
        )
        return pieceDigests.reduce(into: head + bytes) { $0 += pieces[$1] ?? [] }
    }

    /// A bundle put together from parts that need not agree, signed all the same.
    func forged(
        rows: [UInt8],
        objects: [UInt8] = [],
        checkpoint: SignedNote? = nil,
        organisation other: OrganisationID? = nil,
        from: UInt64 = 0,
        to: UInt64? = nil,
        pieceCount: UInt32 = 0,
        rowsDigest: Digest? = nil
    ) throws -> [UInt8] {
        let manifest = InManifest(
            organisation: other ?? organisation,
            from: from,
            to: to ?? UInt64(leaves.count),
            rowsDigest: rowsDigest ?? Digest(of: rows),
            pieceCount: pieceCount,
            witnesses: []
        )
        return bundleHead(
            checkpoint: try checkpoint ?? self.checkpoint().note,
            manifest: log.note(manifest.text),
            rows: rows
        ) + objects
    }
}
