/// The curve of X25519, y² = x³ + 486662x² + x over 2^255 - 19: about half of all numbers are the
/// x of a point, and an honest public key always is.
///
/// Written in digits of 32 bits, the lowest first, and slowly: it shares nothing with libsodium.
enum Curve {
    private typealias Number = [UInt32]

    /// Whether 32 bytes, the lowest first, are the x of a point.
    static func holds(_ bytes: [UInt8]) -> Bool {
        let digits = (0..<8).map { place in
            (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[place * 4 + $1]) << (8 * UInt32($1)) }
        }
        let x = reduced(split(digits).low)
        let square = reduced(times(x, x))
        let cube = times(square, x)
        let right = reduced(plus(plus(cube, times(square, [486_662])), x))
        // Euler: a number that is no square gives -1.
        return right.isEmpty || power(right) == [1]
    }

    /// A number to the power (p - 1) / 2 = 2^254 - 10, in bits 254 ones but for two.
    private static func power(_ number: Number) -> Number {
        var result: Number = [1]
        for bit in (0..<254).reversed() {
            result = reduced(times(result, result))
            if bit != 3, bit != 0 { result = reduced(times(result, number)) }
        }
        return result
    }

    /// 2^255 counts as 19, until the number is below 2^255 - 19; no zeros in front.
    private static func reduced(_ number: Number) -> Number {
        var (low, high) = split(number)
        while !high.isEmpty { (low, high) = split(plus(low, times(high, [19]))) }
        let beyond = split(plus(low, [19]))
        return beyond.high.isEmpty ? low : beyond.low
    }

    /// What is below 2^255, and how often 2^255 goes into the rest.
    private static func split(_ number: Number) -> (low: Number, high: Number) {
        guard number.count >= 8 else { return (number, []) }
        var low = Number(number.prefix(8))
        low[7] &= 0x7FFF_FFFF
        let rest = Number(number.dropFirst(7)) + [0]
        let high = zip(rest, rest.dropFirst()).map { $0 >> 31 | $1 << 1 }
        return (trimmed(low), trimmed(high))
    }

    private static func plus(_ one: Number, _ other: Number) -> Number {
        var (digits, carry): (Number, UInt64) = ([], 0)
        for place in 0...max(one.count, other.count) {
            carry += UInt64(place < one.count ? one[place] : 0)
            carry += UInt64(place < other.count ? other[place] : 0)
            digits.append(UInt32(truncatingIfNeeded: carry))
            carry >>= 32
        }
        return trimmed(digits)
    }

    private static func times(_ one: Number, _ other: Number) -> Number {
        var digits = Number(repeating: 0, count: one.count + other.count + 1)
        for (place, digit) in one.enumerated() {
            var carry: UInt64 = 0
            for (step, factor) in (other + [0]).enumerated() {
                carry += UInt64(digits[place + step]) + UInt64(digit) * UInt64(factor)
                digits[place + step] = UInt32(truncatingIfNeeded: carry)
                carry >>= 32
            }
        }
        return trimmed(digits)
    }

    private static func trimmed(_ number: Number) -> Number {
        Number(number.prefix((number.lastIndex { $0 != 0 } ?? -1) + 1))
    }
}
