/// Which signs that are not seen belong to how a script is written, by what stands beside them.
///
/// Joiners as RFC 5892, appendix A.1 and A.2, and UAX #31 have them; variation selectors, tags and
/// the spaces of scripts without spaces, as Unicode defines where they have a meaning. Elsewhere
/// the same signs hide something, and are none of it.
struct PartOfWriting {
    private let scalars: [Unicode.Scalar]

    /// Takes a whole text.
    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    /// Whether the scalar at a place belongs to the letters or pictograms beside it.
    func holds(at place: Int) -> Bool {
        guard place > 0 else { return Script.isNumberSign(scalars[place]) }
        let before = scalars[place - 1]
        switch scalars[place].value {
        case 0x200C: return isVirama(before) || isBetween(place, Script.isJoining)
        case 0x200D: return isVirama(before) || joinsPictograms(at: place) || isAtJoining(place)
        case 0x200B: return isBetween(place, Script.isSpaceless)
        case 0xFE00...0xFE0D: return Script.hasVariants(before)
        case 0xFE0E: return isPictogram(before)
        case 0xFE0F: return isPictogram(before) || isKeycap(at: place)
        case 0x180B...0x180F: return Script.isMongolian(before)
        case 0xE0100...0xE01EF: return before.properties.isIdeographic
        case 0xE0020...0xE007F: return isInFlag(place)
        default: return Script.isNumberSign(scalars[place])
        }
    }
}

extension PartOfWriting {
    private func isVirama(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.canonicalCombiningClass == .virama
    }

    /// A pictogram that is no digit or sign of a telephone.
    private func isPictogram(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isEmoji && scalar.value > 0x7F
    }

    private func isKeycap(at place: Int) -> Bool {
        scalars[place - 1].properties.isEmoji && after(place)?.value == 0x20E3
    }

    private func joinsPictograms(at place: Int) -> Bool {
        let before = scalars[place - 1]
        let isAfter = isPictogram(before) || (before.value == 0xFE0F && holds(at: place - 1))
        return isAfter && after(place).map(isPictogram) == true
    }

    /// An Arabic letter in its joined form, as in abbreviations.
    private func isAtJoining(_ place: Int) -> Bool {
        Script.isJoining(scalars[place - 1]) || isBetween(place, Script.isJoining)
    }

    private func after(_ place: Int) -> Unicode.Scalar? {
        place + 1 < scalars.count ? scalars[place + 1] : nil
    }

    /// Whether letters of such a script stand on both sides, marks not counted.
    private func isBetween(_ place: Int, _ isOfScript: (Unicode.Scalar) -> Bool) -> Bool {
        let before = scalars[..<place].last { !$0.properties.generalCategory.isMark }
        guard let before, let after = after(place) else { return false }
        return isOfScript(before) && isOfScript(after)
    }

    /// Whether a tag stands in the flag of a part of a country: a black flag, three to six letters
    /// and digits, and the end.
    private func isInFlag(_ place: Int) -> Bool {
        let tags = 0xE0020...0xE007F as ClosedRange<UInt32>
        guard let flag = scalars[..<place].lastIndex(where: { !tags.contains($0.value) }),
            scalars[flag].value == 0x1F3F4
        else { return false }
        let all = scalars[(flag + 1)...].prefix { tags.contains($0.value) }.map(\.value)
        return (4...7).contains(all.count) && all.last == 0xE007F
            && all.dropLast().allSatisfy { tag in
                (0xE0030...0xE0039).contains(tag) || (0xE0061...0xE007A).contains(tag)
            }
    }
}

/// Scripts in which signs that are not seen have a meaning.
private enum Script {
    /// Letters that join to the next: Arabic, Syriac, N'Ko, Mandaic, Mongolian, Adlam and kin.
    static func isJoining(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.properties.isAlphabetic else { return false }
        return switch scalar.value {
        case 0x620...0x74F, 0x750...0x77F, 0x7CA...0x7EA, 0x840...0x8C9, 0x1820...0x18AA,
            0xFB50...0xFDFB, 0xFE70...0xFEFC, 0x10AC0...0x10AEF, 0x10D00...0x10D23,
            0x1E900...0x1E943:
            true
        default: false
        }
    }

    /// Thai, Lao, Myanmar and Khmer, where a space without width parts words.
    static func isSpaceless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xE00...0xEFF, 0x1000...0x109F, 0x1780...0x17FF: true
        default: false
        }
    }

    /// What Unicode has variants of: signs of mathematics, Han, Myanmar, Phags-pa.
    static func hasVariants(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isIdeographic
            || scalar.properties.generalCategory == .mathSymbol
            || (0x1000...0x109F).contains(scalar.value) || (0xA840...0xA873).contains(scalar.value)
    }

    /// Format characters that are seen: Arabic and Syriac signs around numbers.
    static func isNumberSign(_ scalar: Unicode.Scalar) -> Bool {
        [0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2]
            .contains(scalar.value)
    }

    static func isMongolian(_ scalar: Unicode.Scalar) -> Bool {
        (0x1820...0x18AA).contains(scalar.value)
    }
}
