import CSodium

/// A sealed envelope, read without opening it.
///
/// ```text
/// "SIE1" ‖ suite[1] ‖ class[1] ‖ wraps[1] ‖ 00 ‖ wrap[80] x wraps ‖ commit[32] ‖ body
/// ```
/// - SeeAlso: `docs/spec/protocol.md`, section 5; vectors `envelope.json`, `piece.json`.
public struct Envelope: Equatable, Sendable {
    /// One sealed file key, in bytes.
    static let wrapSize = 80

    private static let commitSize = 32

    static let magic: StaticString = "SIE1"
    static let suite: UInt8 = 1

    /// The whole envelope, `envelopeClass.size` bytes.
    public let bytes: [UInt8]

    /// Its class.
    public let envelopeClass: EnvelopeClass

    /// Reads an envelope of an expected class.
    /// - Throws: ``EnvelopeError``; the size is checked before the magic, then suite, class,
    ///   number of wraps and the reserved byte.
    public init(bytes: [UInt8], expecting expected: EnvelopeClass) throws(EnvelopeError) {
        guard bytes.count == expected.size else {
            throw .wrongSize(found: bytes.count, expected: expected.size)
        }
        var reader = ByteReader(bytes)
        if let fault = Self.fault(in: &reader, expecting: expected) { throw fault }
        self.bytes = bytes
        envelopeClass = expected
    }

    /// Puts a sealed envelope together from its parts.
    init(_ envelopeClass: EnvelopeClass, wraps: [[UInt8]], commit: [UInt8], body: [UInt8]) {
        bytes = Self.head(envelopeClass, wraps: wraps) + commit + body
        self.envelopeClass = envelopeClass
    }

    /// `magic ‖ suite ‖ class ‖ wraps ‖ 00 ‖ wraps`.
    static func head(_ envelopeClass: EnvelopeClass, wraps: [[UInt8]]) -> [UInt8] {
        ascii(magic) + [suite, envelopeClass.rawValue, UInt8(wraps.count), 0] + wraps.joined()
    }

    /// SHA-256 of the whole envelope: what the log and replies call it by.
    public var digest: Digest { Digest(of: bytes) }

    /// The sealed file keys.
    package var wraps: [[UInt8]] {
        let first = envelopeClass.headSize - envelopeClass.wrapCount * Self.wrapSize
        return (0..<envelopeClass.wrapCount).map { wrap in
            part(at: first + wrap * Self.wrapSize, count: Self.wrapSize)
        }
    }

    /// What stands before the commitment.
    package var head: [UInt8] { part(at: 0, count: envelopeClass.headSize) }

    /// The commitment to the file key.
    package var commit: [UInt8] { part(at: envelopeClass.headSize, count: Self.commitSize) }

    /// The sealed text.
    package var body: [UInt8] {
        let start = envelopeClass.headSize + Self.commitSize
        return part(at: start, count: envelopeClass.size - start)
    }

    /// Copies a part out when somebody asks for it: who only keeps envelopes never does.
    private func part(at place: Int, count: Int) -> [UInt8] {
        var reader = ByteReader(bytes)
        guard (try? reader.bytes(place)) != nil, let part = try? reader.bytes(count) else {
            preconditionFailure("an envelope has the size of its class")
        }
        return part
    }

    /// The first fault of the eight bytes at the front; reads them where there is none.
    private static func fault(
        in reader: inout ByteReader,
        expecting expected: EnvelopeClass
    ) -> EnvelopeError? {
        guard reader.skip(ascii(magic)) else { return .wrongMagic }
        guard reader.skip([suite]) else { return .unknownSuite }
        guard reader.skip([expected.rawValue]) else { return .wrongClass }
        guard reader.skip([UInt8(expected.wrapCount)]) else { return .wrongWraps }
        guard reader.skip([0]) else { return .reservedByte }
        return nil
    }
}

/// Why bytes are not an envelope, found before any key touches them.
public enum EnvelopeError: Refusal {
    /// The length is not the one size of its class.
    case wrongSize(found: Int, expected: Int)
    /// It does not begin with `SIE1`.
    case wrongMagic
    /// The suite is not 1.
    case unknownSuite
    /// The class is not the expected one.
    case wrongClass
    /// The number of wraps is not that of the class.
    case wrongWraps
    /// The reserved byte is not zero.
    case reservedByte

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .wrongSize: "the envelope has another size than its class"
        case .wrongMagic: "no envelope, it must begin with SIE1"
        case .unknownSuite: "unknown suite, it must be 1"
        case .wrongClass: "the envelope is of another class"
        case .wrongWraps: "another number of wraps than its class has"
        case .reservedByte: "the reserved byte must be zero"
        }
    }
}
