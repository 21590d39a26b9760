import Foundation
import SealedIntake

/// A language of the page: its tag, and what follows from that.
struct PageLanguage: Equatable {
    /// Languages that are written from right to left.
    private static let fromTheRight = ["ar", "ckb", "fa", "he", "ps", "ur", "yi"]

    /// BCP 47, as the directory lists it.
    let tag: String

    /// `rtl` or `ltr`.
    var direction: String {
        let first = tag.split(separator: "-").first.map { $0.lowercased() } ?? ""
        return Self.fromTheRight.contains(first) ? "rtl" : "ltr"
    }

    /// Where its page lies: `/TAG`; and `/NAME` where the tag ends in `-x-NAME`, which is a name
    /// that people can say and type.
    var paths: [String] {
        guard let mark = tag.firstRange(of: "-x-") else { return ["/" + tag] }
        return ["/" + tag, "/" + tag[mark.upperBound...]]
    }

    /// The path that a person is shown.
    var shownPath: String { paths.last ?? "/" + tag }

    /// A day as people write it: 1 december 2026.
    func words(of day: Day) -> String {
        let noon = Date(timeIntervalSince1970: (Double(day.number) + 0.5) * Double(UnixTime.day))
        var style = Date.FormatStyle(date: .long, time: .omitted, locale: Locale(identifier: tag))
        style.timeZone = .gmt
        return noon.formatted(style)
    }

    /// A text as it may stand in this language: where that runs from right to left, what has
    /// digits on both sides of a space or hyphen is kept as one piece.
    ///
    /// Without this, 0800-0432 is shown as 0432-0800 behind an Arabic word (UAX 9, W2 and N1).
    func keepingNumbers(_ text: String) -> String {
        guard direction == "rtl" else { return text }
        var out = ""
        var rest = text[...]
        while let first = rest.firstIndex(where: { $0.isASCII && $0.isNumber }) {
            let run = rest[first...].prefix { $0.isASCII && $0.isNumber || " -\u{A0}".contains($0) }
            let last = run.lastIndex { $0.isASCII && $0.isNumber } ?? first
            let number = rest[first...last]
            out += rest[..<first]
            out += number.allSatisfy(\.isNumber) ? String(number) : "\u{2066}\(number)\u{2069}"
            rest = rest[rest.index(after: last)...]
        }
        return out + rest
    }
}
