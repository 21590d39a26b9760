/// The keys under which another organisation answers, sealed to it: field 14 of a consent.
///
/// ```text
/// u8 n ‖ B (n bytes) ‖ crypto_box_seal(thread key[32] ‖ reply key[32] ‖ tag key[32])[144]
/// ```
/// - SeeAlso: `docs/spec/protocol.md`, section 6.
public struct TransferKeys: Hashable, Sendable {
    /// The three keys, sealed, in bytes.
    static let sealedCount = 144

    /// The other organisation, B.
    public let organisation: OrganisationID
    /// The keys of the thread at B, sealed to B, 144 bytes.
    public let sealed: [UInt8]

    /// Seals the keys of a thread to its own organisation.
    public init(_ keys: borrowing ThreadKeys, sealedTo recipient: SealingPublicKey) {
        organisation = keys.organisation
        var open = keys.thread.publicKey.bytes + keys.reply.publicKey.bytes + keys.tags.key.exposed
        defer { Sodium.wipe(&open) }
        sealed = recipient.seal(SecretBytes(copying: open))
    }

    /// Reads the field, or nil when it is not in that form.
    init?(field: [UInt8]) {
        var reader = ByteReader(field)
        guard let count = try? reader.u8(), let name = try? reader.bytes(Int(count)),
            let organisation = OrganisationID(ascii: name), reader.remaining == Self.sealedCount
        else { return nil }
        self.organisation = organisation
        sealed = reader.rest()
    }

    /// The field.
    var field: [UInt8] {
        [UInt8(organisation.ascii.count)] + organisation.ascii + sealed
    }
}

/// What opens one envelope to the escalation organisation: fields 8, 15 and 21 of a release.
/// - SeeAlso: `docs/spec/protocol.md`, section 10.
public struct Release: Hashable, Sendable {
    /// SHA-256 of the envelope.
    public let envelope: Digest
    /// `release(i)` of its slot, 32 bytes.
    public let opening: [UInt8]
    /// The organisation it was written to.
    public let from: OrganisationID

    /// Takes the parts.
    public init(envelope: Digest, opening: [UInt8], from: OrganisationID) {
        precondition(opening.count == 32)
        self.envelope = envelope
        self.opening = opening
        self.from = from
    }
}
