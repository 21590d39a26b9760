/// An envelope as it is posted.
///
/// ```text
/// "SIF1" ‖ u8 class ‖ u8 flags ‖ 00 00 ‖ org16 ‖ tag[16] ‖ stamp[52] ‖ envelope
/// ```
/// 92 bytes and the envelope.
/// - SeeAlso: `docs/spec/protocol.md`, section 7.
public struct Submission: Equatable, Sendable {
    /// What stands before the envelope, in bytes.
    public static let headSize = 40 + Stamp.count

    /// The longest submission in bytes.
    public static let longest = headSize + EnvelopeClass.piece.size

    /// Whether it is a cover: answered alike, then forgotten.
    public let isCover: Bool
    /// To whom.
    public let organisation: OrganisationID
    /// The tag.
    public let tag: Tag
    /// The proof of work.
    public let stamp: Stamp
    /// The envelope, of class text or piece.
    public let envelope: Envelope

    /// Takes the parts.
    public init(
        isCover: Bool = false,
        organisation: OrganisationID,
        tag: Tag,
        stamp: Stamp,
        envelope: Envelope
    ) {
        precondition(envelope.envelopeClass != .reply)
        self.isCover = isCover
        self.organisation = organisation
        self.tag = tag
        self.stamp = stamp
        self.envelope = envelope
    }

    /// Reads a posted body.
    /// - Throws: ``SubmissionError``, in the order of the bytes.
    public init(bytes: [UInt8]) throws(SubmissionError) {
        var reader = ByteReader(bytes)
        guard reader.skip(ascii("SIF1")) else { throw .wrongMagic }
        guard let classByte = try? reader.u8(), let flags = try? reader.u8() else { throw .cut }
        guard let envelopeClass = EnvelopeClass(rawValue: classByte), envelopeClass != .reply else {
            throw .wrongClass
        }
        guard flags <= 1 else { throw .unknownFlags }
        guard reader.skip([0, 0]) else { throw .reservedBytes }
        guard let padded = try? reader.bytes(16) else { throw .cut }
        guard let organisation = OrganisationID(padded: padded) else { throw .badOrganisation }
        guard let tag = try? Tag(from: &reader), let stamp = try? Stamp(from: &reader) else {
            throw .cut
        }
        do throws(EnvelopeError) {
            envelope = try Envelope(bytes: reader.rest(), expecting: envelopeClass)
        } catch {
            throw .envelope(error)
        }
        isCover = flags == 1
        self.organisation = organisation
        self.tag = tag
        self.stamp = stamp
    }

    /// The body to post.
    public var bytes: [UInt8] {
        var writer = ByteWriter(ascii("SIF1"))
        writer.append([envelope.envelopeClass.rawValue, isCover ? 1 : 0, 0, 0])
        writer.append(organisation.padded)
        writer.append(tag.bytes)
        writer.append(stamp.bytes)
        writer.append(envelope.bytes)
        return writer.bytes
    }

    /// The 65 bytes that are promised, where the digest of the envelope is known: zeros for a
    /// cover.
    public func promisedLeaf(_ digest: Digest) -> [UInt8] {
        guard !isCover else { return [UInt8](repeating: 0, count: Leaf.count) }
        return Leaf.submission(organisation, tag, digest).bytes
    }
}

/// Why a posted body is no submission.
public enum SubmissionError: Refusal {
    /// It does not begin with `SIF1`.
    case wrongMagic
    /// It ends inside its head.
    case cut
    /// The class is neither text nor piece.
    case wrongClass
    /// A flag that the protocol does not know.
    case unknownFlags
    /// The reserved bytes are not zero.
    case reservedBytes
    /// org16 is no organisation's id.
    case badOrganisation
    /// The rest is no envelope of the class.
    case envelope(EnvelopeError)

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .wrongMagic: "no submission, it must begin with SIF1"
        case .cut: "the submission is cut"
        case .wrongClass: "the class must be 1 or 2"
        case .unknownFlags: "unknown flags, they must be 0 or 1"
        case .reservedBytes: "reserved bytes must be zero"
        case .badOrganisation: "the organisation is no id padded with zeros"
        case .envelope(let error): error.clause
        }
    }
}
