extension PlainText {
    /// Whether nothing of a text can be seen: only spaces, line ends, default-ignorable code points
    /// and letters that are drawn as nothing.
    ///
    /// The text is UTF-8; where it is not, some of it may be taken for nothing.
    public static func isBlank(_ bytes: [UInt8]) -> Bool {
        var scalar: UInt32 = 0
        for byte in bytes {
            if byte & 0xC0 == 0x80 {
                scalar = scalar << 6 | UInt32(byte & 0x3F)
            } else {
                guard isUnseen(scalar) else { return false }
                let lead: UInt8 =
                    byte < 0x80 ? 0x7F : byte < 0xE0 ? 0x1F : byte < 0xF0 ? 0x0F : 0x07
                scalar = UInt32(byte & lead)
            }
        }
        return isUnseen(scalar)
    }

    /// White space and default-ignorable code points of Unicode 17, and what is drawn as nothing
    /// besides: Braille of no dots, a note without a head, the place of an object.
    static func isUnseen(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0...0x20, 0x7F...0xA0, 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x1680, 0x17B4, 0x17B5,
            0x180B...0x180F, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x206F, 0x2800, 0x3000,
            0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFC, 0x1BCA0...0x1BCA3, 0x1D159,
            0x1D173...0x1D17A, 0xE0000...0xE0FFF:
            true
        default: false
        }
    }
}
