/// One entry of the log, 65 bytes.
///
/// ```text
/// u8 type ‖ org16[16] ‖ tag[16] ‖ SHA-256(object)[32]
/// ```
/// - SeeAlso: `docs/spec/protocol.md`, section 8; vectors `log.json`.
public struct Leaf: Hashable, Sendable {
    /// The length in bytes.
    public static let count = 65

    /// What it records.
    public let type: LeafType
    /// The organisation it is about; nil for a directory and the end of a day.
    public let organisation: OrganisationID?
    /// The tag.
    public let tag: Tag
    /// The digest of the object; of a note, that of its text.
    public let digest: Digest

    private init(_ type: LeafType, _ organisation: OrganisationID?, _ tag: Tag, _ digest: Digest) {
        self.type = type
        self.organisation = organisation
        self.tag = tag
        self.digest = digest
    }

    /// A text envelope that came in.
    public static func submission(_ id: OrganisationID, _ tag: Tag, _ digest: Digest) -> Leaf {
        Leaf(.submission, id, tag, digest)
    }

    /// A reply that goes out.
    public static func reply(_ id: OrganisationID, _ tag: Tag, _ digest: Digest) -> Leaf {
        Leaf(.reply, id, tag, digest)
    }

    /// A directory; `digest` is that of its note.
    public static func directory(serial: UInt64, digest: Digest) -> Leaf {
        Leaf(.directory, nil, Tag(number: serial), digest)
    }

    /// The end of a day.
    public static func dayEnd(_ day: Day) -> Leaf {
        Leaf(.dayEnd, nil, Tag(day: day), Digest(of: []))
    }

    /// An acknowledgement; `digest` is that of the cosigned checkpoint.
    public static func acknowledgement(
        _ id: OrganisationID,
        size: UInt64,
        digest: Digest
    ) -> Leaf {
        Leaf(.acknowledgement, id, Tag(number: size), digest)
    }

    /// An overdue envelope, for the escalation organisation; tag and digest are those of its type 1
    /// leaf.
    public static func overdue(_ id: OrganisationID, _ tag: Tag, _ digest: Digest) -> Leaf {
        Leaf(.overdue, id, tag, digest)
    }

    /// An envelope transferred to an organisation.
    public static func transferred(_ id: OrganisationID, _ tag: Tag, _ digest: Digest) -> Leaf {
        Leaf(.transferred, id, tag, digest)
    }

    /// A reply taken out of the drop; tag and digest are those of the reply.
    public static func withdrawal(_ id: OrganisationID, _ tag: Tag, _ digest: Digest) -> Leaf {
        Leaf(.withdrawal, id, tag, digest)
    }

    /// Reads one leaf.
    /// - Throws: ``LeafError``.
    public init(from reader: inout ByteReader) throws(LeafError) {
        guard let typeByte = try? reader.u8(), let padded = try? reader.bytes(16),
            let tag = try? Tag(from: &reader), let digest = try? Digest(from: &reader)
        else { throw .cut }
        guard let type = LeafType(rawValue: typeByte) else { throw .unknownType }
        let organisation = OrganisationID(padded: padded)
        if type.isWithoutOrganisation {
            guard padded.allSatisfy({ $0 == 0 }) else { throw .badOrganisation }
        } else {
            guard organisation != nil else { throw .badOrganisation }
        }
        self.init(type, organisation, tag, digest)
        guard hasFormOfItsType else { throw .badTag }
    }

    /// The 65 bytes.
    public var bytes: [UInt8] {
        let padded = organisation?.padded ?? [UInt8](repeating: 0, count: 16)
        return [type.rawValue] + padded + tag.bytes + digest.bytes
    }

    /// SHA-256(00 ‖ bytes), as RFC 6962.
    public var hash: Digest { Digest(of: [0] + bytes) }

    /// The serial or size in the tag of a directory or an acknowledgement.
    public var number: UInt64? {
        guard type == .directory || type == .acknowledgement else { return nil }
        var reader = ByteReader(tag.bytes)
        return try? reader.u64()
    }

    /// The day in the tag of the end of a day.
    public var day: Day? {
        guard type == .dayEnd else { return nil }
        var reader = ByteReader(tag.bytes)
        return (try? reader.u32()).flatMap { Day(exactly: $0) }
    }

    private var hasFormOfItsType: Bool {
        switch type {
        case .dayEnd: day.map { Tag(day: $0) } == tag && digest == Digest(of: [])
        case .directory, .acknowledgement: number.map { Tag(number: $0) } == tag
        case .submission, .reply, .overdue, .transferred, .withdrawal: true
        }
    }
}

/// Why bytes are no leaf.
public enum LeafError: Refusal {
    /// Fewer than 65 bytes.
    case cut
    /// A type that the protocol does not know.
    case unknownType
    /// org16 is not what the type must have.
    case badOrganisation
    /// The tag or digest is not what the type must have.
    case badTag

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .cut: "the log is cut inside a leaf"
        case .unknownType: "a leaf of an unknown type"
        case .badOrganisation: "a leaf with a wrong organisation"
        case .badTag: "a leaf with a wrong tag for its type"
        }
    }
}
