/// HTML, in which all that was text is escaped.
///
/// A text becomes part of it by interpolation, in an element or in a quoted attribute; markup within
/// markup stands as it is. So nothing is escaped twice, and nothing is forgotten.
///
/// ```swift
/// let name: Markup = "<b>\(organisation.name)</b>"
/// ```
struct Markup: Hashable, ExpressibleByStringInterpolation {
    /// What is written into a document.
    let html: String

    /// Markup of our own, as it stands in the source.
    init(stringLiteral html: String) {
        self.html = html
    }

    init(stringInterpolation parts: StringInterpolation) {
        html = parts.html
    }

    /// A text, escaped.
    init(text: String) {
        html = Self.escaped(text)
    }

    /// HTML that was made elsewhere and holds no text that is not escaped.
    init(verbatim html: String) {
        self.html = html
    }

    /// Whether there is nothing.
    var isEmpty: Bool { html.isEmpty }

    static func + (first: Markup, second: Markup) -> Markup {
        Markup(verbatim: first.html + second.html)
    }

    static func += (first: inout Markup, second: Markup) { first = first + second }

    /// A literal with gaps: the literal is ours, a text in a gap is escaped, markup is not.
    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var html = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            html.reserveCapacity(literalCapacity)
        }

        mutating func appendLiteral(_ literal: String) { html += literal }

        mutating func appendInterpolation(_ text: String) { html += Markup.escaped(text) }

        mutating func appendInterpolation(_ markup: Markup) { html += markup.html }

        mutating func appendInterpolation(_ number: some BinaryInteger) { html += "\(number)" }
    }

    /// Each scalar by itself: a sign with an accent on it is still that sign to a browser.
    private static func escaped(_ text: String) -> String {
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;".unicodeScalars
            case "<": out += "&lt;".unicodeScalars
            case ">": out += "&gt;".unicodeScalars
            case "\"": out += "&quot;".unicodeScalars
            case "'": out += "&#39;".unicodeScalars
            default: out.append(scalar)
            }
        }
        return String(out)
    }
}

extension Sequence<Markup> {
    /// All of it, one after the other, with something between.
    func joined(separator: Markup = "") -> Markup {
        Markup(verbatim: map(\.html).joined(separator: separator.html))
    }
}
