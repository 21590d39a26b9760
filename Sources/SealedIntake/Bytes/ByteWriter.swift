/// Writes bytes in order; integers are unsigned and big-endian.
public struct ByteWriter {
    /// What was written so far.
    public private(set) var bytes: [UInt8]

    /// Starts with bytes that stand already.
    public init(_ bytes: [UInt8] = []) {
        self.bytes = bytes
    }

    /// Appends bytes as they are.
    public mutating func append(_ more: [UInt8]) {
        bytes += more
    }

    /// Appends ASCII or UTF-8 text that stands in the source.
    public mutating func append(_ text: StaticString) {
        bytes += ascii(text)
    }

    /// Appends one byte.
    public mutating func u8(_ value: UInt8) {
        bytes.append(value)
    }

    /// Appends two bytes.
    public mutating func u16(_ value: UInt16) {
        integer(UInt64(value), count: 2)
    }

    /// Appends four bytes.
    public mutating func u32(_ value: UInt32) {
        integer(UInt64(value), count: 4)
    }

    /// Appends eight bytes.
    public mutating func u64(_ value: UInt64) {
        integer(value, count: 8)
    }

    /// Appends zeros until there are `count` bytes in all.
    public mutating func pad(to count: Int) {
        precondition(bytes.count <= count)
        bytes += [UInt8](repeating: 0, count: count - bytes.count)
    }

    private mutating func integer(_ value: UInt64, count: UInt64) {
        for place in 0..<count {
            bytes.append(UInt8(truncatingIfNeeded: value >> (8 * (count - 1 - place))))
        }
    }
}
