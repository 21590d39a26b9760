import Foundation
import SealedIntake

/// JSON for programs, that a terminal can show as well: what cannot be seen is escaped.
public enum JSONText {
    /// One value, keys sorted, with a line end.
    public static func encode(_ value: some Encodable) -> String {
        encode(value, [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted])
    }

    /// One value on one line, keys sorted.
    public static func line(_ value: some Encodable) -> String {
        encode(value, [.sortedKeys, .withoutEscapingSlashes])
    }

    private static func encode(
        _ value: some Encodable,
        _ formatting: JSONEncoder.OutputFormatting
    ) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = formatting
        guard let data = try? encoder.encode(value) else {
            preconditionFailure("our own values always encode")
        }
        return escaped(String(utf8: data)) + "\n"
    }

    /// All that is not ASCII stands inside strings, where `\u` stands for it.
    private static func escaped(_ json: String) -> String {
        var out = ""
        for scalar in json.unicodeScalars {
            guard Printable.isHidden(scalar), scalar != "\n" else {
                out.unicodeScalars.append(scalar)
                continue
            }
            for unit in String(scalar).utf16 {
                let digits = String(unit, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return out
    }
}
