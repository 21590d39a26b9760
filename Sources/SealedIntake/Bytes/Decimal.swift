/// The number that ASCII digits stand for, leading zeros allowed; nil for anything else.
func digits(_ text: [UInt8]) -> UInt32? {
    guard (1...9).contains(text.count) else { return nil }
    var value: UInt32 = 0
    for byte in text {
        guard (0x30...0x39).contains(byte) else { return nil }
        value = value * 10 + UInt32(byte - 0x30)
    }
    return value
}

/// ASCII of a number with zeros in front.
func padded(_ value: UInt32, width: Int) -> [UInt8] {
    let text = Decimal.encode(UInt64(value))
    return [UInt8](repeating: 0x30, count: max(0, width - text.count)) + text
}

/// Decimal numbers without leading zeros, the one way text formats write them.
public enum Decimal {
    /// ASCII of a number.
    public static func encode(_ value: UInt64) -> [UInt8] {
        var left = value
        var reversed: [UInt8] = []
        repeat {
            reversed.append(0x30 + UInt8(truncatingIfNeeded: left % 10))
            left /= 10
        } while left > 0
        return reversed.reversed()
    }

    /// The number, or nil when the text is empty, no number, has a leading zero or is too large.
    public static func decode(_ text: [UInt8]) -> UInt64? {
        guard let first = text.first, text.count == 1 || first != 0x30 else { return nil }
        var value: UInt64 = 0
        for byte in text {
            guard (0x30...0x39).contains(byte) else { return nil }
            let (product, overflows) = value.multipliedReportingOverflow(by: 10)
            let (sum, carries) = product.addingReportingOverflow(UInt64(byte - 0x30))
            guard !overflows, !carries else { return nil }
            value = sum
        }
        return value
    }
}
