/// Bytes of one length that mean one thing: a digest, a tag, a public key.
///
/// Nothing secret is a `FixedBytes`; see ``SecretBytes``.
public protocol FixedBytes: Hashable, Comparable, Sendable {
    /// The length in bytes.
    static var count: Int { get }

    /// The bytes, ``count`` of them.
    var bytes: [UInt8] { get }

    /// Takes bytes whose length our own code has made sure of.
    init(_ bytes: [UInt8])
}

extension FixedBytes {
    /// Takes bytes from outside, or nil when their length is another.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.count else { return nil }
        self.init(bytes)
    }

    /// Reads the next ``count`` bytes.
    public init(from reader: inout ByteReader) throws(ByteReaderError) {
        self.init(try reader.bytes(Self.count))
    }

    /// The order of the bytes, as `memcmp`.
    public static func < (one: Self, other: Self) -> Bool {
        one.bytes.lexicographicallyPrecedes(other.bytes)
    }

    /// The bytes in lower-case hexadecimal.
    public var hex: [UInt8] { Hex.encode(bytes) }
}

/// The SHA-256 of something, 32 bytes.
public struct Digest: FixedBytes {
    /// 32 bytes.
    public static var count: Int { 32 }
    /// The bytes.
    public let bytes: [UInt8]

    /// Takes bytes whose length our own code has made sure of.
    public init(_ bytes: [UInt8]) {
        precondition(bytes.count == Self.count)
        self.bytes = bytes
    }

    /// The SHA-256 of `message`.
    public init(of message: [UInt8]) {
        bytes = Sodium.sha256(message)
    }
}

/// The public 16 bytes that find an envelope or a reply; only the token's holder knows whose.
public struct Tag: FixedBytes {
    /// 16 bytes.
    public static var count: Int { 16 }
    /// The bytes.
    public let bytes: [UInt8]

    /// Takes bytes whose length our own code has made sure of.
    public init(_ bytes: [UInt8]) {
        precondition(bytes.count == Self.count)
        self.bytes = bytes
    }

    /// A tag that belongs to nobody.
    public static func random() -> Tag {
        Tag(Sodium.random(count))
    }

    /// The tag of a leaf that carries a number: `u64 ‖ 8 zeros`.
    public init(number: UInt64) {
        var writer = ByteWriter()
        writer.u64(number)
        writer.pad(to: Self.count)
        bytes = writer.bytes
    }

    /// The tag of a leaf that carries a day: `u32 ‖ 12 zeros`.
    public init(day: Day) {
        var writer = ByteWriter()
        writer.u32(day.number)
        writer.pad(to: Self.count)
        bytes = writer.bytes
    }
}
