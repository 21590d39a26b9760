import Testing

@testable import SealedIntake

struct PlainTextTests {
    @Test func `white space and every default-ignorable code point is not seen`() {
        for value in UInt32(0)...0x10FFFF {
            guard let properties = Unicode.Scalar(value)?.properties else { continue }
            if properties.isWhitespace || properties.isDefaultIgnorableCodePoint {
                #expect(PlainText.isUnseen(value), "\(String(value, radix: 16))")
            }
        }
    }

    @Test func `what is not seen is no letter, mark, digit or sign`() {
        for value in UInt32(0)...0x10FFFF where PlainText.isUnseen(value) {
            guard let properties = Unicode.Scalar(value)?.properties else { continue }
            let isDrawnAsNothing = [0x2800, 0x1D159, 0xFFFC].contains(value)
            #expect(
                isDrawnAsNothing || properties.isWhitespace
                    || properties.isDefaultIgnorableCodePoint
                    || [.control, .format, .unassigned].contains(properties.generalCategory),
                "\(String(value, radix: 16))"
            )
        }
    }

    @Test(arguments: [
        ("", true), (" \n\u{A0}", true), ("\u{200B}\u{3164}\u{2800}\u{FEFF}", true),
        ("\u{115F}\u{1160}\u{FFA0}\u{E0041}", true), ("\u{200B}a", false), ("\u{2801}", false),
        ("\u{FFFD}", false), ("بعد", false), ("👍", false), ("\u{300}", false),
    ])
    func `a text of which nothing can be seen is blank`(text: String, isBlank: Bool) {
        #expect(PlainText.isBlank([UInt8](text.utf8)) == isBlank)
    }
}
