/// What a terminal sends for keys and pastes that are no text: `ESC [ D` of an arrow, `ESC [ 200 ~`
/// in front of what was pasted.
public enum KeySequences {
    /// U+FEFF, which some editors write in front of a text.
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private static let escape: UInt8 = 0x1B
    private static let pasteMarks = ["[200~", "[201~"].map { [escape] + [UInt8]($0.utf8) }

    /// A text without what is none of it, and of how many keys that was; the marks around what was
    /// pasted, and one of byte order in front, are not counted: they change nothing.
    public static func removed(from typed: [UInt8]) -> (text: [UInt8], keys: Int) {
        var rest = withoutPaste(typed)[...]
        if rest.starts(with: byteOrderMark) { rest = rest.dropFirst(3) }
        var text: [UInt8] = []
        var keys = 0
        while let byte = rest.popFirst() {
            if byte == escape {
                keys += 1
                rest = afterEscape(rest)
            } else if byte == 0xC2, rest.first == 0x9B {
                keys += 1
                rest = afterIntroducer(rest.dropFirst())
            } else if isControl(byte) {
                keys += 1
            } else {
                text.append(byte)
            }
        }
        return (text, keys)
    }

    /// Without the marks around what was pasted.
    static func withoutPaste(_ typed: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(typed.count)
        var place = 0
        while place < typed.count {
            let rest = typed[place...]
            if let mark = pasteMarks.first(where: { rest.starts(with: $0) }) {
                place += mark.count
            } else {
                text.append(typed[place])
                place += 1
            }
        }
        return text
    }

    /// What stands behind a sequence whose escape was read: ECMA-48, 5.4; xterm's `ESC O`.
    private static func afterEscape(_ rest: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        switch rest.first {
        case 0x5B: afterIntroducer(rest.dropFirst())
        case 0x4F: rest.dropFirst(2)
        case (0x20...0x7E)?: rest.dropFirst()
        default: rest
        }
    }

    /// What stands behind a sequence of several bytes, which the first from `@` to `~` ends.
    private static func afterIntroducer(_ rest: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let end = rest.drop { (0x20...0x3F).contains($0) }
        return (0x40...0x7E).contains(end.first ?? 0) ? end.dropFirst() : end
    }

    /// A control of ASCII besides those of lines: what is left of a key, such as Ctrl-A.
    private static func isControl(_ byte: UInt8) -> Bool {
        (byte < 0x20 && ![0x09, 0x0A, 0x0D].contains(byte)) || byte == 0x7F
    }
}
