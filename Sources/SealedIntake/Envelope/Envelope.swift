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

    static let magic: StaticString = "SIE1"
    static let suite: UInt8 = 1

    /// The whole envelope, `envelopeClass.size` bytes.
    public let bytes: [UInt8]

    /// Its class.
    public let envelopeClass: EnvelopeClass

    package let wraps: [[UInt8]]
    package let head: [UInt8]
    package let commit: [UInt8]
    package let body: [UInt8]

    /// Reads an envelope of an expected class.
    /// - Throws: ``EnvelopeError``; the size is checked before the magic, then suite, class,
    ///   number of wraps and the reserved byte.
    public init(bytes: [UInt8], expecting expected: EnvelopeClass) throws(EnvelopeError) {
        guard bytes.count == expected.size else {
            throw .wrongSize(found: bytes.count, expected: expected.size)
        }
        var reader = ByteReader(bytes)
        if let fault = Self.fault(in: &reader, expecting: expected) { throw fault }
        var wraps: [[UInt8]] = []
        for _ in 0..<expected.wrapCount {
            wraps.append((try? reader.bytes(Self.wrapSize)) ?? [])
        }
        head = reader.consumed(expected.headSize)
        commit = (try? reader.bytes(32)) ?? []
        body = reader.rest()
        self.wraps = wraps
        self.bytes = bytes
        envelopeClass = expected
    }

    /// Puts a sealed envelope together from its parts.
    init(_ envelopeClass: EnvelopeClass, wraps: [[UInt8]], commit: [UInt8], body: [UInt8]) {
        head = Self.head(envelopeClass, wraps: wraps)
        bytes = head + commit + body
        self.envelopeClass = envelopeClass
        self.wraps = wraps
        self.commit = commit
        self.body = body
    }

    /// `magic ‖ suite ‖ class ‖ wraps ‖ 00 ‖ wraps`.
    static func head(_ envelopeClass: EnvelopeClass, wraps: [[UInt8]]) -> [UInt8] {
        ascii(magic) + [suite, envelopeClass.rawValue, UInt8(wraps.count), 0] + wraps.joined()
    }

    /// SHA-256 of the whole envelope: what the log and replies call it by.
    public var digest: Digest { Digest(of: bytes) }

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
