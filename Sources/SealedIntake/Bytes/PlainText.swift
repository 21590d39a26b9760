/// The rule for text that people write: UTF-8, with LF as its only control character.
///
/// Control characters are U+0000 to U+001F and U+007F to U+009F.
public enum PlainText {
    /// Whether `bytes` keep the rule.
    public static func isValid(_ bytes: [UInt8]) -> Bool {
        var input = bytes.makeIterator()
        var decoder = UTF8()
        while true {
            switch decoder.decode(&input) {
            case .scalarValue(let scalar):
                guard !isForbidden(scalar.value) else { return false }
            case .emptyInput: return true
            case .error: return false
            }
        }
    }

    /// Text from an input field made to keep the rule: CR LF and CR become LF, a tab a space,
    /// other control characters and broken UTF-8 go.
    public static func cleaned(_ bytes: [UInt8]) -> [UInt8] {
        var input = bytes.makeIterator()
        var decoder = UTF8()
        var out: [UInt8] = []
        var followsReturn = false
        while true {
            switch decoder.decode(&input) {
            case .emptyInput: return out
            case .error: followsReturn = false
            case .scalarValue(let scalar):
                defer { followsReturn = scalar.value == 0x0D }
                switch scalar.value {
                case 0x0A: if !followsReturn { out.append(0x0A) }
                case 0x0D: out.append(0x0A)
                case 0x09: out.append(0x20)
                default:
                    guard !isForbidden(scalar.value) else { continue }
                    out += UTF8.encode(scalar) ?? .init()
                }
            }
        }
    }

    private static func isForbidden(_ scalar: UInt32) -> Bool {
        (scalar < 0x20 && scalar != 0x0A) || (0x7F...0x9F).contains(scalar)
    }
}
