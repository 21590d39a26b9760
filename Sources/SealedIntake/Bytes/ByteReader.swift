/// Reads bytes from outside, front to back: the one place where they are indexed.
///
/// Integers are unsigned and big-endian.
/// - SeeAlso: `docs/spec/protocol.md`, section 1.
public struct ByteReader {
    private let bytes: [UInt8]
    private var position = 0

    /// Starts at the first byte.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Bytes not read yet.
    public var remaining: Int { bytes.count - position }

    /// Whether everything was read.
    public var isAtEnd: Bool { remaining == 0 }

    /// Bytes read so far.
    public var offset: Int { position }

    /// The next `count` bytes.
    /// - Throws: ``ByteReaderError/cut`` when fewer are left or `count` is negative.
    public mutating func bytes(_ count: Int) throws(ByteReaderError) -> [UInt8] {
        guard count >= 0, count <= remaining else { throw .cut }
        defer { position += count }
        return [UInt8](bytes[position..<position + count])
    }

    /// All that is left.
    public mutating func rest() -> [UInt8] {
        defer { position = bytes.count }
        return [UInt8](bytes[position...])
    }

    /// The first `count` bytes that were read.
    func consumed(_ count: Int) -> [UInt8] {
        precondition(count <= position)
        return [UInt8](bytes[..<count])
    }

    /// One byte.
    public mutating func u8() throws(ByteReaderError) -> UInt8 {
        guard remaining >= 1 else { throw .cut }
        defer { position += 1 }
        return bytes[position]
    }

    /// Two bytes.
    public mutating func u16() throws(ByteReaderError) -> UInt16 {
        UInt16(truncatingIfNeeded: try integer(2))
    }

    /// Four bytes.
    public mutating func u32() throws(ByteReaderError) -> UInt32 {
        UInt32(truncatingIfNeeded: try integer(4))
    }

    /// Eight bytes.
    public mutating func u64() throws(ByteReaderError) -> UInt64 {
        try integer(8)
    }

    /// Bytes up to the next LF, which is read too and left off.
    /// - Throws: ``ByteReaderError/cut`` when no LF is left.
    public mutating func line() throws(ByteReaderError) -> [UInt8] {
        guard let end = bytes[position...].firstIndex(of: 0x0A) else { throw .cut }
        defer { position = end + 1 }
        return [UInt8](bytes[position..<end])
    }

    /// Reads `expected`, or reads nothing and says so.
    public mutating func skip(_ expected: [UInt8]) -> Bool {
        guard remaining >= expected.count,
            bytes[position..<position + expected.count].elementsEqual(expected)
        else { return false }
        position += expected.count
        return true
    }

    private mutating func integer(_ count: Int) throws(ByteReaderError) -> UInt64 {
        guard count <= remaining else { throw .cut }
        var value: UInt64 = 0
        for byte in bytes[position..<position + count] { value = value << 8 | UInt64(byte) }
        position += count
        return value
    }
}

/// Why bytes could not be read.
public enum ByteReaderError: Refusal {
    /// The input ends before what was asked for.
    case cut

    /// What was found, then what must be.
    public var clause: String { "input ends too early" }
}
