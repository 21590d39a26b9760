import Stage

@testable import IntakeDesk
@testable import SealedIntake

/// The server's bytes, made with the core's own encoders: a log, its objects, bundles of it.
final class TestServer {
    static let deployment = "briefje.example"

    let log: NoteSigner
    let organisation: OrganisationID
    private(set) var told = PaperLog()
    var pieces: [Digest: [UInt8]] = [:]
    /// What this organisation's desk cosigned last, which each bundle shows it.
    var cosigned: SignedNote?

    init(organisation: OrganisationID, log: consuming NoteSigner? = nil) {
        self.organisation = organisation
        self.log =
            log ?? NoteSigner(name: ascii(Self.deployment), pair: .random())
    }

    var leaves: [Leaf] { told.leaves }

    /// The day that it is: the first, unless the log went on further than two clocks differ.
    var today: Day {
        let newest = leaves.last { $0.type == .dayEnd }?.day ?? TestDesk.today
        return newest > TestDesk.today.adding(ClockDoubtError.tolerance) ? newest : TestDesk.today
    }

    /// A directory that names this log, issued today; nobody is listed yet.
    func directory(of deployment: String = TestServer.deployment) -> PaperDirectory {
        let name = ascii(deployment)
        var directory = PaperDirectory(
            deployment: name,
            log: VerifierKey(name: name, key: log.verifierKey.key),
            promise: VerifierKey(name: Directory.promiseKeyName(name), key: Self.promiseKey)
        )
        directory.issued = TestDesk.today
        return directory
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
        other.told.entries += told.entries.prefix(size ?? told.entries.count)
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
        let first = told.entries.count
        for message in sent {
            let digest = Digest(of: message.envelope)
            append(.submission(organisation, message.tag, digest), message.envelope)
        }
        for leaf in others { append(leaf) }
        append(.dayEnd(day))
        return first
    }

    func append(_ leaf: Leaf, _ object: [UInt8]? = nil) { told.append(leaf, object) }

    func tree(of size: Int) -> MerkleTree { told.tree(of: size) }

    func checkpoint(of size: Int? = nil) throws -> VerifiedCheckpoint {
        try log.verified(log.checkpoint(told.tree(of: size)))
    }

    /// The rows of a bundle for this organisation, and their objects.
    func rows() -> (rows: [InBundle.LeafRow], objects: [UInt8]) { told.rows(for: organisation) }

    /// A whole bundle, with the objects of `missing` leaves left out.
    func bundle(
        from: Int = 0,
        to: Int? = nil,
        missing: Set<Int> = [],
        witnesses: [SignedNote] = [],
        for receiver: OrganisationID? = nil
    ) throws -> [UInt8] {
        try told.stick(
            for: receiver ?? organisation,
            from: from,
            to: to,
            without: missing,
            pieces: pieces,
            witnesses: witnesses + [cosigned].compactMap { $0 },
            by: log
        )
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
