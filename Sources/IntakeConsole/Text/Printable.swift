import SealedIntake

/// Text from outside made safe for a terminal: nothing in it can move the cursor, change colours,
/// turn the reading direction or hide.
///
/// Controls, invisible and direction characters become `<U+202E>`; so do marks piled higher than
/// any script piles them. Letters of all scripts stay, with the joiners and selectors that belong
/// to how they are written (``PartOfWriting``).
public enum Printable {
    /// The most combining marks kept on one letter.
    private static let mostMarks = 4

    /// Text of several lines that people wrote: LF stays, and a space of any kind is a space where
    /// there is anything to be seen.
    public static func text(_ bytes: [UInt8]) -> String {
        escaped(String(utf8: bytes), isWritten: !PlainText.isBlank(bytes))
    }

    /// Text of one line: LF and spaces that are not the usual one are escaped too.
    public static func line(_ text: String) -> String {
        escaped(text, isWritten: false)
    }

    /// Text of one line.
    public static func line(_ bytes: [UInt8]) -> String {
        line(String(utf8: bytes))
    }

    /// Whether a scalar cannot be seen, or changes how others are seen.
    static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
            .paragraphSeparator:
            true
        case .spaceSeparator: scalar != " "
        default:
            // Variation selectors and fillers that draw nothing, and Braille without a dot.
            scalar.properties.isDefaultIgnorableCodePoint || scalar == "\u{2800}"
        }
    }

    private static func escaped(_ text: String, isWritten: Bool) -> String {
        let writing = PartOfWriting(text)
        var out = ""
        var marks = 0
        for (place, scalar) in text.unicodeScalars.enumerated() {
            let category = scalar.properties.generalCategory
            if writing.holds(at: place) {
                out.unicodeScalars.append(scalar)
                continue
            }
            marks = category.isMark ? marks + 1 : 0
            if scalar == "\n", isWritten {
                out.unicodeScalars.append(scalar)
            } else if category == .spaceSeparator, isWritten {
                out += " "
            } else if isHidden(scalar) || marks > mostMarks {
                out += name(of: scalar)
            } else {
                out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    private static func name(of scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
    }
}

extension Unicode.GeneralCategory {
    /// Whether it sits on the letter before it.
    var isMark: Bool {
        self == .nonspacingMark || self == .enclosingMark || self == .spacingMark
    }
}
