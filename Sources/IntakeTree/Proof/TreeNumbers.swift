/// Telephone numbers and sites in texts: `{nummer.ID}` stands for the first number of an
/// organisation, `{site.ID}` for its first site.
///
/// So each is written in one place, and a new one is new on every screen.
struct TreeNumbers {
    /// What a text names, by the kind of contact.
    private static let marks = [
        (kind: "tel", mark: "{nummer.", name: "number"),
        (kind: "web", mark: "{site.", name: "site"),
    ]

    private let numbers: [(mark: String, value: String)]
    private let all: [(id: String, digits: String)]

    init(_ blueprint: TreeBlueprint) {
        var numbers: [(mark: String, value: String)] = []
        var all: [(id: String, digits: String)] = []
        for organisation in blueprint.organisations {
            let id = organisation.id.text
            let shown = organisation.contacts.filter(\.isShown)
            for (kind, mark, _) in Self.marks {
                guard let first = shown.first(where: { $0.kind == kind }) else { continue }
                numbers.append(("\(mark)\(id)}", first.value.text))
            }
            all += shown.filter { $0.kind == "tel" }
                .map { (id, $0.value.text.filter(\.isNumber)) }
        }
        self.numbers = numbers
        self.all = all
    }

    /// Tells of a number that is typed, and of one that no organisation has.
    func check(_ blueprint: TreeBlueprint, _ findings: TreeFindings) {
        for (key, word) in blueprint.texts.flatMap({ $0.lines }).sorted(by: { $0.key < $1.key }) {
            let typed = Self.runs(in: word.text)
            for (id, digits) in all where typed.contains(digits) {
                let clause = "the text \(key) has a number of \"\(id)\", it must be {nummer.\(id)}"
                findings.error(clause, at: word.position)
            }
            for (_, mark, name) in Self.marks where filled(word.text).contains(mark) {
                let clause =
                    "the text \(key) names a \(name) that is not there, it must be \(mark)ID} of an "
                    + "organisation with one"
                findings.error(clause, at: word.position)
            }
        }
    }

    /// The texts with each number in its place.
    func filled(_ blueprint: TreeBlueprint) -> TreeBlueprint {
        var blueprint = blueprint
        blueprint.texts = blueprint.texts.map { language, lines in
            (
                language,
                lines.mapValues { Word(text: filled($0.text), position: $0.position) }
            )
        }
        return blueprint
    }

    private func filled(_ text: String) -> String {
        guard Self.marks.contains(where: { text.contains($0.mark) }) else { return text }
        return numbers.reduce(text) { $0.replacing($1.mark, with: $1.value) }
    }

    /// The digits of what is written as one number: single spaces and hyphens may stand within.
    ///
    /// Names in braces are none.
    private static func runs(in text: String) -> Set<String> {
        var isGap = false
        let spaced = text.map { sign -> Character in
            if sign == "{" || sign == "}" { isGap = sign == "{" }
            if isGap { return "." }
            return sign.isASCII && sign.isNumber ? sign : sign == " " || sign == "-" ? " " : "."
        }
        let parts = String(spaced).replacing("  ", with: ".").split(separator: ".")
        return Set(parts.map { $0.filter(\.isNumber) })
    }
}
