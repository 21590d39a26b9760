/// Writes a frame field by field, in rising order.
struct FrameWriter {
    private var writer: ByteWriter
    private var lastType: UInt16 = 0

    init(magic: Frame.Magic, kind: UInt8) {
        writer = ByteWriter(magic.bytes)
        writer.append([kind, 0, 0, 0])
    }

    /// Appends a field; an empty value is a field left out.
    mutating func add(_ type: FieldType, _ value: [UInt8]) {
        precondition(type.rawValue > lastType)
        guard !value.isEmpty else { return }
        lastType = type.rawValue
        writer.u16(type.rawValue)
        writer.u32(UInt32(value.count))
        writer.append(value)
    }

    /// Appends a number of four bytes.
    mutating func add(_ type: FieldType, _ value: UInt32) {
        var number = ByteWriter()
        number.u32(value)
        add(type, number.bytes)
    }

    /// Appends the signature over all that stands so far.
    mutating func sign(with pair: borrowing SigningKeyPair, as role: FrameSigner) {
        add(.signature, pair.sign(role.message(writer.bytes)))
    }

    /// The whole plaintext, padded to what fills an envelope of the class.
    consuming func finish(for envelopeClass: EnvelopeClass) -> [UInt8] {
        writer.u16(0)
        writer.u32(0)
        precondition(writer.bytes.count <= Frame.longest)
        writer.pad(to: envelopeClass.plaintextSize)
        return writer.bytes
    }
}
