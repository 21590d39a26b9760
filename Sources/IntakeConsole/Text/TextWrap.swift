/// Breaks text into lines that fit.
public enum TextWrap {
    /// Lines of at most `width` columns, broken at spaces, and within a word that is too long.
    public static func lines(_ text: String, width: Int) -> [String] {
        precondition(width > 1)
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .flatMap { paragraph($0, width: width) }
    }

    /// The beginning of a text, with `…` where the rest is left off.
    public static func cut(_ text: String, width: Int) -> String {
        guard TextWidth.of(text) > width else { return text }
        return head(of: text[...], width: width - 1) + "…"
    }

    private static func paragraph(_ text: Substring, width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            let joined = lines.isEmpty && line.isEmpty ? String(word) : line + " " + word
            if TextWidth.of(joined) <= width {
                line = joined
                continue
            }
            if !line.isEmpty { lines.append(line) }
            var rest = word
            while TextWidth.of(rest) > width {
                let part = head(of: rest, width: width)
                lines.append(part)
                rest = rest.dropFirst(part.count)
            }
            line = String(rest)
        }
        return lines + [line]
    }

    private static func head(of text: Substring, width: Int) -> String {
        var columns = 0
        let signs = text.prefix { sign in
            columns += TextWidth.of(sign)
            return columns <= width
        }
        return signs.isEmpty ? String(text.prefix(1)) : String(signs)
    }
}
