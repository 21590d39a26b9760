import SealedIntake

/// Text from outside made safe for a terminal: nothing in it can move the cursor, change colours,
/// turn the reading direction or hide.
///
/// Controls, invisible and direction characters become `<U+202E>`; so do marks piled higher than
/// any script piles them. Letters of all scripts stay.
public enum Printable {
    /// The most combining marks kept on one letter.
    private static let mostMarks = 4

    /// Text of several lines: LF stays.
    public static func text(_ bytes: [UInt8]) -> String {
        escaped(String(utf8: bytes), keepsLines: true)
    }

    /// Text of one line: LF is escaped too.
    public static func line(_ text: String) -> String {
        escaped(text, keepsLines: false)
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
            // Variation selectors and fillers that draw nothing.
            scalar.properties.isDefaultIgnorableCodePoint && scalar != "\u{FE0F}"
        }
    }

    private static func escaped(_ text: String, keepsLines: Bool) -> String {
        var out = ""
        var marks = 0
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            let isMark = scalar.properties.generalCategory.isMark
            marks = isMark ? marks + 1 : 0
            if scalar == "\n", keepsLines {
                out.unicodeScalars.append(scalar)
            } else if joins(scalar, after: previous) {
                out.unicodeScalars.append(scalar)
            } else if isHidden(scalar) || marks > mostMarks {
                out += name(of: scalar)
            } else {
                out.unicodeScalars.append(scalar)
            }
            previous = scalar
        }
        return out
    }

    /// Whether a scalar is the joiner inside a pictogram, which is seen as one sign.
    private static func joins(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar?) -> Bool {
        guard scalar == "\u{200D}", let previous else { return false }
        return previous.properties.isEmoji || previous == "\u{FE0F}"
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
