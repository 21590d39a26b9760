/// Takes the fields of a frame for what they must be.
struct FrameFields {
    private let frame: Frame

    init(_ frame: Frame) {
        self.frame = frame
    }

    /// Whether all that must be there is, and nothing is that may not.
    static func check(
        _ frame: Frame,
        must: [FieldType],
        may: [FieldType]
    ) throws(AdmissionError) {
        for type in must {
            guard frame.value(type) != nil else { throw .fieldMissing(type.rawValue) }
        }
        for field in frame.fields {
            let type = FieldType(rawValue: field.type)
            guard let type, must.contains(type) || may.contains(type) else {
                throw .fieldNotAllowed(field.type)
            }
        }
    }

    func bytes(_ type: FieldType, count: Int) throws(AdmissionError) -> [UInt8] {
        guard let value = frame.value(type), value.count == count else {
            throw .badField(type.rawValue)
        }
        return value
    }

    func fixed<Value: FixedBytes>(_ type: FieldType) throws(AdmissionError) -> Value {
        Value(try bytes(type, count: Value.count))
    }

    func u32(_ type: FieldType) throws(AdmissionError) -> UInt32 {
        var reader = ByteReader(try bytes(type, count: 4))
        guard let value = try? reader.u32() else { throw .badField(type.rawValue) }
        return value
    }

    func u32(_ type: FieldType, below limit: UInt32) throws(AdmissionError) -> UInt32 {
        let value = try u32(type)
        guard value < limit else { throw .badField(type.rawValue) }
        return value
    }

    func u64(_ type: FieldType) throws(AdmissionError) -> UInt64 {
        var reader = ByteReader(try bytes(type, count: 8))
        guard let value = try? reader.u64() else { throw .badField(type.rawValue) }
        return value
    }

    func organisation(_ type: FieldType) throws(AdmissionError) -> OrganisationID {
        guard let value = frame.value(type), let id = OrganisationID(ascii: value) else {
            throw .badField(type.rawValue)
        }
        return id
    }

    func day() throws(AdmissionError) -> Day {
        let number = try u32(.day, below: .max)
        guard let day = Day(exactly: number) else { throw .badField(FieldType.day.rawValue) }
        return day
    }

    /// The text, or nothing where the frame has none.
    func text(longest: Int) throws(AdmissionError) -> [UInt8] {
        guard let value = frame.value(.text) else { return [] }
        guard value.count <= longest, PlainText.isValid(value) else {
            throw .badField(FieldType.text.rawValue)
        }
        return value
    }

    func answers() throws(AdmissionError) -> [Answer] {
        guard let value = frame.value(.answers) else { return [] }
        guard let list = Answer.list(value) else { throw .badField(FieldType.answers.rawValue) }
        return list
    }

    func attachments() throws(AdmissionError) -> [Attachment] {
        guard let value = frame.value(.attachments) else { return [] }
        guard let list = Attachment.list(value) else {
            throw .badField(FieldType.attachments.rawValue)
        }
        return list
    }

    func transferKeys() throws(AdmissionError) -> TransferKeys {
        guard let keys = TransferKeys(field: frame.value(.transferKeys) ?? []) else {
            throw .badField(FieldType.transferKeys.rawValue)
        }
        return keys
    }

    func release() throws(AdmissionError) -> Release {
        Release(
            envelope: try fixed(.envelopeDigest),
            opening: try bytes(.release, count: 32),
            from: try organisation(.otherOrganisation)
        )
    }

    func language() throws(AdmissionError) -> [UInt8] {
        guard let value = frame.value(.language), Language.isValid(value) else {
            throw .badField(FieldType.language.rawValue)
        }
        return value
    }
}

/// Names of languages, BCP 47.
public enum Language {
    /// Whether bytes are letters, digits and hyphens, 2 to 16 of them.
    public static func isValid(_ tag: [UInt8]) -> Bool {
        (2...16).contains(tag.count)
            && tag.allSatisfy { byte in
                switch byte {
                case 0x41...0x5A, 0x61...0x7A, 0x30...0x39, 0x2D: true
                default: false
                }
            }
    }
}

/// Why a frame, though its structure holds, is not taken for a message.
public enum AdmissionError: Refusal {
    /// A kind that this place or version does not know.
    case unknownKind
    /// A field that must be there is not.
    case fieldMissing(UInt16)
    /// A field that the kind does not have.
    case fieldNotAllowed(UInt16)
    /// A value of the wrong length or form.
    case badField(UInt16)
    /// The reply key is a point of low order.
    case lowOrderReplyKey
    /// The signature does not hold.
    case badSignature
    /// Written to another organisation.
    case otherOrganisation
    /// The tag key does not open or is not 32 bytes.
    case unreadableTagKey
    /// The tag is not the one of the slot.
    case wrongTag
    /// The keys of the reply are not those its tag was derived from.
    case otherThread
    /// Thread and slot were there before.
    case slotUsed
    /// The keys differ from those of the thread's first message.
    case keysChanged
    /// Another thread has the same tag key.
    case tagKeyOfAnotherThread

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .unknownKind: "a kind of message that is not understood here"
        case .fieldMissing: "a field that must be there is missing"
        case .fieldNotAllowed: "a field that this kind does not have"
        case .badField: "a field of the wrong length or form"
        case .lowOrderReplyKey: "a reply key that everybody could open"
        case .badSignature: "the signature does not hold"
        case .otherOrganisation: "written to another organisation"
        case .unreadableTagKey: "its tag key does not open"
        case .wrongTag: "its tag does not belong to its slot"
        case .otherThread: "the reply belongs to another thread"
        case .slotUsed: "its slot was used before in this thread"
        case .keysChanged: "its keys differ from the thread's first message"
        case .tagKeyOfAnotherThread: "another thread has the same tag key"
        }
    }
}
