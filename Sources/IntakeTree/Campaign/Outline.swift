/// What a sheet says in reading order: its text alternative, and how its groups are told aloud.
struct Outline: Equatable {
    /// A part of the sheet.
    enum Part: Equatable {
        case heading(Int, String)
        case paragraph(String)
        /// The pieces of each item.
        case list([[String]])
    }

    /// What a group of words is.
    enum Role: Equatable {
        case heading(Int)
        case paragraph
        case list
        case item

        /// As SVG and HTML say it; a browser makes the tags of a PDF of these.
        var attributes: String {
            switch self {
            case .heading(let level): "role=\"heading\" aria-level=\"\(level)\""
            case .paragraph: "role=\"paragraph\""
            case .list: "role=\"list\""
            case .item: "role=\"listitem\""
            }
        }
    }

    private(set) var parts: [Part] = []
    private var open: [Role] = []

    mutating func begin(_ role: Role) {
        open.append(role)
        switch role {
        case .heading(let level): parts.append(.heading(level, ""))
        case .paragraph: parts.append(.paragraph(""))
        case .list: parts.append(.list([]))
        case .item:
            if case .list(let items)? = parts.last {
                parts[parts.count - 1] = .list(items + [[]])
            }
        }
    }

    mutating func end() { open.removeLast() }

    /// Words of the innermost group.
    mutating func say(_ words: String) {
        switch parts.last {
        case .heading(let level, let said)?:
            parts[parts.count - 1] = .heading(level, Self.joined(said, words))
        case .paragraph(let said)?: parts[parts.count - 1] = .paragraph(Self.joined(said, words))
        case .list(var items)?:
            if !items.isEmpty { items[items.count - 1].append(words) }
            parts[parts.count - 1] = .list(items)
        case nil: break
        }
    }

    /// The parts for a template: each has one of `h1`, `h2`, `p`, `ul`.
    var scopes: [Template.Scope] {
        parts.map { part in
            var scope: Template.Scope = [
                "h1": .list([]), "h2": .list([]), "p": .list([]), "ul": .list([]),
            ]
            switch part {
            case .heading(let level, let words):
                scope["h\(min(level, 2))"] = .list([["item": .text(words)]])
            case .paragraph(let words): scope["p"] = .list([["item": .text(words)]])
            case .list(let items):
                let said = items.map { pieces -> Template.Scope in
                    ["item": .text(pieces.joined(separator: " · "))]
                }
                scope["ul"] = .list([["items": .list(said)]])
            }
            return scope
        }
    }

    private static func joined(_ one: String, _ other: String) -> String {
        one.isEmpty ? other : one + " " + other
    }
}
