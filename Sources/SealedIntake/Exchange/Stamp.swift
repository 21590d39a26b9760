/// The proof of work of a submission: an hour and a nonce.
/// - SeeAlso: `docs/spec/protocol.md`, section 7; vectors `stamp.json`.
public struct Stamp: Hashable, Sendable {
    /// The most work that is ever asked, in zero bits.
    public static let hardest: UInt8 = 12

    /// Unix time / 3600 of the challenge.
    public let hour: UInt32
    /// What was found.
    public let nonce: UInt64

    /// Takes the parts.
    public init(hour: UInt32, nonce: UInt64) {
        self.hour = hour
        self.nonce = nonce
    }

    /// The challenge of an hour under the root of a checkpoint, 16 bytes.
    public static func challenge(hour: UInt32, root: Digest) -> [UInt8] {
        var writer = ByteWriter(label("challenge"))
        writer.append(root.bytes)
        writer.u32(hour)
        return [UInt8](Sodium.sha256(writer.bytes).prefix(16))
    }

    /// What the work is bound to.
    public static func subject(organisation: OrganisationID, tag: Tag, envelope: Digest) -> Digest {
        let parts = [organisation.padded, tag.bytes, envelope.bytes]
        return Digest(of: labelled("stamp", [UInt8](parts.joined())))
    }

    /// The leading zero bits of Argon2id over 1 MiB: what the work is worth, 0 to 256.
    /// - Throws: ``KeyError/outOfMemory``.
    public func bits(subject: Digest, challenge: [UInt8]) throws(KeyError) -> Int {
        var writer = ByteWriter(subject.bytes)
        writer.u64(nonce)
        let hash = try Sodium.argon2id(
            password: SecretBytes(copying: writer.bytes),
            salt: challenge,
            operations: 1,
            memoryBytes: 1_048_576
        ).exposed
        let zeros = hash.prefix { $0 == 0 }.count
        let next = hash.dropFirst(zeros).first.map { $0.leadingZeroBitCount } ?? 0
        return zeros * 8 + next
    }

    /// Searches for a stamp worth `difficulty` zero bits, from nonce 0 on.
    /// - Throws: ``KeyError/outOfMemory``.
    public static func find(
        subject: Digest,
        hour: UInt32,
        challenge: [UInt8],
        difficulty: UInt8
    ) throws(KeyError) -> Stamp {
        var stamp = Stamp(hour: hour, nonce: 0)
        guard difficulty > 0 else { return stamp }
        while try stamp.bits(subject: subject, challenge: challenge) < Int(difficulty) {
            stamp = Stamp(hour: hour, nonce: stamp.nonce + 1)
        }
        return stamp
    }

    /// The work asked from the next of `count` submissions to an organisation in an hour.
    ///
    /// 0 below 50, then one bit more each time the count doubles, at most 12; pieces 4 more.
    public static func difficulty(count: UInt32, envelopeClass: EnvelopeClass) -> UInt8 {
        guard count >= 50 else { return 0 }
        let doublings = UInt8(UInt32.bitWidth - 1 - (count / 50).leadingZeroBitCount)
        let asked = min(doublings + 1, hardest)
        return envelopeClass == .piece ? asked + 4 : asked
    }
}
