/// Telephone numbers in texts: `{nummer.ID}` stands for the first one of an organisation.
///
/// So a number is written in one place, and a new one is new on every screen.
struct TreeNumbers {
    private static let mark = "{nummer."

    private let numbers: [(id: String, value: String)]
    private let all: [(id: String, digits: String)]

    init(_ blueprint: TreeBlueprint) {
        var numbers: [(id: String, value: String)] = []
        var all: [(id: String, digits: String)] = []
        for organisation in blueprint.organisations {
            let id = organisation.id.text
            let shown = organisation.contacts.filter { $0.kind == "tel" && $0.isShown }
            if let first = shown.first { numbers.append((id, first.value.text)) }
            all += shown.map { (id, $0.value.text.filter(\.isNumber)) }
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
            if filled(word.text).contains(Self.mark) {
                let clause =
                    "the text \(key) names a number that is not there, it must be {nummer.ID} of an "
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
        guard text.contains(Self.mark) else { return text }
        return numbers.reduce(text) { $0.replacing("\(Self.mark)\($1.id)}", with: $1.value) }
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
