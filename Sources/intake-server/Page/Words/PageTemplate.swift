import Foundation
import SealedIntake

/// Fills `{{key}}` in a text, once; what is filled in is not looked at again.
///
/// There is no other feature: a key that is unknown, or a value that is not used, is an error.
struct PageTemplate {
    /// What stands in a slot.
    enum Value {
        /// Text: escaped wherever it stands.
        case text(String)
        /// Markup: stands once, as it is.
        case markup(Markup)
        /// Style, script or JSON of our own: stands once, as it is.
        case raw(String)
    }

    private let template: String
    private let name: String

    init(_ template: String, name: String = "page.html") {
        self.template = template
        self.name = name
    }

    /// The keys of all slots, in their order, each as often as it stands.
    var slots: [String] {
        template.split(separator: "{{").dropFirst().compactMap { part in
            part.firstRange(of: "}}").map { String(part[..<$0.lowerBound]) }
        }
    }

    /// The filled text.
    /// - Throws: ``CommandError`` naming the key.
    func filled(_ values: [String: Value]) throws -> Markup {
        var out: Markup = ""
        var used: [String: Int] = [:]
        var rest = template[...]
        while let start = rest.firstRange(of: "{{") {
            out += Markup(verbatim: String(rest[..<start.lowerBound]))
            rest = rest[start.upperBound...]
            guard let end = rest.firstRange(of: "}}") else {
                throw CommandError("\(name) has a slot that does not end, it must end in }}")
            }
            let key = String(rest[..<end.lowerBound])
            rest = rest[end.upperBound...]
            guard let value = values[key] else {
                throw CommandError("\(name) has {{\(key)}}, which no text must be for")
            }
            used[key, default: 0] += 1
            out += value.markup
        }
        try check(values, used)
        return out + Markup(verbatim: String(rest))
    }

    private func check(_ values: [String: Value], _ used: [String: Int]) throws {
        for (key, value) in values.sorted(by: { $0.key < $1.key }) {
            let count = used[key, default: 0]
            guard count > 0 else {
                throw CommandError("\"\(key)\" is not used, \(name) must have {{\(key)}}")
            }
            if !value.isText, count > 1 {
                throw CommandError("\(name) has {{\(key)}} \(count) times, it must be once")
            }
        }
    }
}

extension PageTemplate {
    /// JSON that may stand inside a script element.
    static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(utf8: try encoder.encode(value))
            .replacing("<", with: "\\u003c")
    }

    /// That a style or script stands in its element to the end.
    /// - Throws: ``CommandError`` with the name, where it would close the element itself.
    static func check(_ source: String, closedBy end: String, in name: String) throws {
        guard !source.lowercased().contains(end), !source.contains("<!--") else {
            throw CommandError("\(name) contains \(end) or <!--, it must not")
        }
    }

    /// A text that stands quietly.
    static func hint(_ text: String) -> Markup { "<p class=\"hint\">\(text)</p>" }
}

extension PageTemplate.Value {
    /// Whether it is a text, which may stand in more than one place.
    fileprivate var isText: Bool { if case .text = self { true } else { false } }

    /// What is written into the document.
    fileprivate var markup: Markup {
        switch self {
        case .text(let text): Markup(text: text)
        case .markup(let markup): markup
        case .raw(let raw): Markup(verbatim: raw)
        }
    }
}
