/// The root `K` of all a reporter's keys, 32 bytes: Argon2id of the token.
/// - SeeAlso: `docs/spec/protocol.md`, section 4; vectors `keys.json`.
public struct ReporterRoot: ~Copyable, Sendable {
    /// Argon2id's memory in bytes, 19 MiB.
    static let memoryBytes = 19_922_944

    let key: SecretBytes

    /// Takes the 32 bytes that were derived elsewhere.
    public init(key: consuming SecretBytes) {
        precondition(key.count == 32)
        self.key = key
    }

    /// Derives the root of a token at one deployment; the only slow step.
    /// - Throws: ``KeyError/outOfMemory``.
    public init(token: borrowing FollowUpToken, deployment: [UInt8]) throws(KeyError) {
        let salt = [UInt8](Sodium.sha256(labelled("salt", deployment)).prefix(16))
        key = try Sodium.argon2id(
            password: token.bytes,
            salt: salt,
            operations: 2,
            memoryBytes: Self.memoryBytes
        )
    }

    /// A copy in the open, for the worker that holds the visit.
    public var exposed: [UInt8] { key.exposed }

    /// One byte, the same for all organisations: which part of the drop is this reporter's.
    public var shardByte: UInt8 {
        Sodium.hkdf(key, info: label("shard")).exposed[0]
    }
}

/// The keys of one thread: what one token means at one organisation.
public struct ThreadKeys: ~Copyable, Sendable {
    /// The organisation.
    public let organisation: OrganisationID

    /// Replies are sealed to it.
    public let reply: SealingKeyPair

    /// The reporter's messages are signed with it.
    public let thread: SigningKeyPair

    /// The tags follow from it.
    public let tags: TagKey

    /// Derives the keys; those for two organisations have nothing in common.
    public init(root: borrowing ReporterRoot, organisation: OrganisationID) {
        self.organisation = organisation
        let name = organisation.ascii
        reply = SealingKeyPair(seed: Sodium.hkdf(root.key, info: labelled("reply-box", name)))
        thread = SigningKeyPair(seed: Sodium.hkdf(root.key, info: labelled("thread-sign", name)))
        tags = TagKey(Sodium.hkdf(root.key, info: labelled("tag", name)))
    }

    /// SHA-256 of the thread public key: what names the thread.
    public var threadDigest: Digest { Digest(of: thread.publicKey.bytes) }
}
