/// How many columns of a terminal a text takes.
public enum TextWidth {
    /// Columns of a text of one line that ``Printable`` made.
    public static func of(_ text: some StringProtocol) -> Int {
        text.reduce(0) { $0 + of($1) }
    }

    /// Columns of one sign as people see it.
    static func of(_ sign: Character) -> Int {
        guard let first = sign.unicodeScalars.first else { return 0 }
        if first.properties.generalCategory.isMark || first == "\u{200B}" { return 0 }
        let isPictogram = sign.unicodeScalars.contains { scalar in
            scalar == "\u{FE0F}" || (scalar == "\u{200D}" && first.properties.isEmoji)
        }
        return isPictogram || isWide(first) ? 2 : 1
    }

    /// East Asian wide letters and pictograms.
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
            0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            true
        default: scalar.properties.isEmojiPresentation
        }
    }
}
