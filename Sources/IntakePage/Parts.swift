import SealedIntake

/// The form in which the page's JavaScript and this program speak: parts, one after the other.
///
/// ```text
/// (u32 length ‖ bytes)*
/// ```
/// A number is a part of four bytes; text is UTF-8.
enum Parts {
    /// The parts, or nil when the lengths do not add up or their number is another.
    static func read(_ bytes: [UInt8], count: Int) -> [[UInt8]]? {
        var reader = ByteReader(bytes)
        var parts: [[UInt8]] = []
        while !reader.isAtEnd {
            guard let length = try? reader.u32(), length <= UInt32(reader.remaining),
                let part = try? reader.bytes(Int(length))
            else { return nil }
            parts.append(part)
        }
        return parts.count == count ? parts : nil
    }

    /// The bytes of parts.
    static func write(_ parts: [[UInt8]]) -> [UInt8] {
        var writer = ByteWriter()
        for part in parts {
            writer.u32(UInt32(part.count))
            writer.append(part)
        }
        return writer.bytes
    }

    /// A number of our own as a part, such as a length; never one from outside, which an `Int`
    /// of 32 bits may not hold.
    static func number(_ value: Int) -> [UInt8] {
        number(UInt32(clamping: value))
    }

    /// A number from outside as a part; it may be more than an `Int` holds where that is short.
    static func number(_ value: UInt32) -> [UInt8] {
        var writer = ByteWriter()
        writer.u32(value)
        return writer.bytes
    }

    /// A claim as a part: the number 1 or 0.
    static func claim(_ isTrue: Bool) -> [UInt8] {
        number(isTrue ? 1 : 0)
    }

    /// The number in a part, or nil when it is none.
    static func number(in part: [UInt8]) -> UInt32? {
        var reader = ByteReader(part)
        guard let value = try? reader.u32(), reader.isAtEnd else { return nil }
        return value
    }
}
