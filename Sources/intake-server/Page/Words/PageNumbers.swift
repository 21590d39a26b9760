import SealedIntake

/// The telephone numbers that a page names outside the tree's own cards: all are the tree's.
///
/// A template has `{{nummer.ID}}` for a number as people write it and `{{bel.ID}}` for the link
/// that calls it; a text has `{nummer.ID}`. `ID` is an organisation, whose first number it is.
struct PageNumbers {
    private static let shown = "nummer."
    private static let called = "bel."

    private let numbers: [(id: String, number: String)]

    init(_ tree: DecisionTree) {
        numbers = tree.organisations.compactMap { organisation in
            organisation.contacts.first { $0.kind == .tel && $0.evidence != .none }.map { contact in
                (
                    String(utf8: organisation.id),
                    String(utf8: contact.value)
                )
            }
        }
    }

    /// What a telephone dials: digits, and the plus of another country.
    static func link(to number: String) -> String {
        "tel:" + number.filter { $0.isASCII && $0.isNumber || $0 == "+" }
    }

    /// The values of the slots that a template has, in a language.
    func values(
        for template: String,
        in language: PageLanguage
    ) -> [String: PageTemplate.Value] {
        var values: [String: PageTemplate.Value] = [:]
        for (id, number) in numbers {
            values[Self.shown + id] = .text(language.keepingNumbers(number))
            values[Self.called + id] = .text(Self.link(to: number))
        }
        return values.filter { key, _ in template.contains("{{\(key)}}") }
    }

    /// Texts with each number in its place.
    /// - Throws: ``CommandError`` naming a text that asks for a number the tree does not have.
    func filling(_ texts: [String: String]) throws -> [String: String] {
        let filled = texts.mapValues { text in
            numbers.reduce(text) { $0.replacing("{\(Self.shown)\($1.id)}", with: $1.number) }
        }
        for (key, text) in filled.sorted(by: { $0.key < $1.key })
        where text.contains("{" + Self.shown) {
            throw CommandError(
                "\"\(key)\" names a number that the tree does not have, it must have"
            )
        }
        return filled
    }
}
