/// A plaintext frame whose structure was read; nothing in it is believed yet.
///
/// ```text
/// magic[4] ‖ kind[1] ‖ 00 00 00 ‖ (u16 type ‖ u32 length ‖ value)* ‖ u16 0 ‖ u32 0 ‖ zeros
/// ```
/// - SeeAlso: `docs/spec/protocol.md`, section 6; vectors `frame.json`.
public struct Frame: Equatable, Sendable {
    /// The longest frame in bytes, its end field counted.
    public static let longest = 13_900

    /// Who speaks.
    public enum Magic: Sendable {
        /// `SIR1`, a reporter, or what travels for one.
        case reporter
        /// `SIO1`, an organisation.
        case organisation

        var bytes: [UInt8] {
            switch self {
            case .reporter: ascii("SIR1")
            case .organisation: ascii("SIO1")
            }
        }
    }

    /// One field: its type and its value, which is never empty.
    public struct Field: Equatable, Sendable {
        /// The type; types rise strictly.
        public let type: UInt16
        /// The value, at least one byte.
        public let value: [UInt8]
    }

    /// What the frame is, among those of its magic.
    public let kind: UInt8

    /// The fields in order.
    public let fields: [Field]

    /// The bytes before field 255, which its signature covers; all bytes where there is none.
    public let signedBytes: [UInt8]

    /// The bytes up to and with the last field: what travels of a frame inside another.
    public let transferred: [UInt8]

    /// Reads a frame that travelled inside another: ``transferred`` bytes, made whole again.
    /// - Throws: ``FrameError``.
    init(transferred bytes: [UInt8], magic: Magic) throws(FrameError) {
        try self.init(bytes: bytes + [0, 0, 0, 0, 0, 0], magic: magic)
        guard transferred == bytes else { throw .padding }
    }

    /// Reads a frame from a whole plaintext.
    /// - Throws: ``FrameError``.
    public init(bytes: [UInt8], magic: Magic) throws(FrameError) {
        var reader = ByteReader(bytes)
        guard reader.skip(magic.bytes) else { throw .wrongMagic }
        guard let kind = try? reader.u8(), reader.remaining >= 3 else { throw .cut }
        guard reader.skip([0, 0, 0]) else { throw .reservedBytes }
        var fields: [Field] = []
        var signed: Int?
        var start = reader.offset
        while true {
            start = reader.offset
            guard let field = try Self.field(from: &reader) else { break }
            guard field.type > fields.last?.type ?? 0 else { throw .fieldsOutOfOrder }
            if field.type == FieldType.signature.rawValue { signed = start }
            fields.append(field)
        }
        guard reader.offset <= Self.longest else { throw .tooLong }
        self.kind = kind
        self.fields = fields
        signedBytes = reader.consumed(signed ?? reader.offset)
        transferred = reader.consumed(start)
        guard reader.rest().allSatisfy({ $0 == 0 }) else { throw .padding }
    }

    /// The value of a field, or nil when the frame has none such.
    public func value(_ type: FieldType) -> [UInt8]? {
        fields.first { $0.type == type.rawValue }?.value
    }

    /// Whether field 255 is the signature of a key under a label.
    public func isSigned(by key: SigningPublicKey, as role: FrameSigner) -> Bool {
        guard let signature = value(.signature) else { return false }
        return key.verifies(signature, over: role.message(signedBytes))
    }

    /// The next field, or nil at the end field.
    private static func field(from reader: inout ByteReader) throws(FrameError) -> Field? {
        guard let type = try? reader.u16(), let length = try? reader.u32() else { throw .cut }
        if type == 0 {
            guard length == 0 else { throw .endFieldHasLength }
            return nil
        }
        guard length > 0 else { throw .emptyField }
        guard length <= UInt32(reader.remaining), let value = try? reader.bytes(Int(length))
        else { throw .fieldPastEnd }
        return Field(type: type, value: value)
    }
}

/// Why a plaintext is no frame.
public enum FrameError: Refusal {
    /// It begins with another magic.
    case wrongMagic
    /// The three bytes after the kind are not zero.
    case reservedBytes
    /// A type is not higher than the one before.
    case fieldsOutOfOrder
    /// A field has no value.
    case emptyField
    /// A field is longer than what is left.
    case fieldPastEnd
    /// The frame ends without its end field.
    case cut
    /// The end field has a length.
    case endFieldHasLength
    /// Something stands behind the end field.
    case padding
    /// It is longer than 13,900 bytes.
    case tooLong

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .wrongMagic: "another kind of frame than expected"
        case .reservedBytes: "reserved bytes of the frame must be zero"
        case .fieldsOutOfOrder: "fields of the frame are out of order"
        case .emptyField: "a field of the frame is empty"
        case .fieldPastEnd: "a field of the frame runs past its end"
        case .cut: "the frame is cut"
        case .endFieldHasLength: "the end field of the frame has a length"
        case .padding: "bytes after the frame must be zero"
        case .tooLong: "the frame is longer than 13,900 bytes"
        }
    }
}
