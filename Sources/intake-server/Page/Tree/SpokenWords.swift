/// How one language says numbers and addresses aloud, digit by digit.
struct SpokenWords {
    /// The digits from 0, then what joins the parts of an address, as people say them.
    private let signs: [Character: String]
    /// Behind a place that reads what is told on the page.
    let readsHere: String

    private static let named: [(Character, String)] = [
        (".", "punt"), ("-", "streepje"), ("@", "apenstaart"), ("/", "schuin"), ("+", "plus"),
    ]

    /// Takes the helpdesk's texts.
    /// - Throws: ``CommandError`` naming a word that is missing.
    init(_ texts: [String: String]) throws {
        func word(_ name: String) throws -> String {
            guard let word = texts["zeg." + name] else {
                throw CommandError("the helpdesk's texts have no \"zeg.\(name)\", they must have")
            }
            return word
        }
        var signs: [Character: String] = [:]
        for digit in 0...9 { signs[Character(String(digit))] = try word(String(digit)) }
        for (sign, name) in Self.named { signs[sign] = try word(name) }
        self.signs = signs
        readsHere = try word("leest-hier")
    }

    /// A telephone number in groups that can be written down while they are said:
    /// `0800-0432` is 0800 – 04 32.
    static func groups(of number: String) -> String {
        let parts = number.split { $0 == "-" || $0 == " " }.map(String.init)
        guard let first = parts.first, parts.count > 1 else { return number }
        return first + " – " + parts.dropFirst().map(pairs).joined(separator: " ")
    }

    /// The same as words: nul acht nul nul – nul vier – drie twee.
    func number(_ number: String) -> String {
        Self.groups(of: number).split(separator: " ").filter { $0 != "–" }
            .map { $0.compactMap { signs[$0] }.joined(separator: " ") }
            .joined(separator: " – ")
    }

    /// An address as it is said: kindertelefoon punt nl.
    func address(_ address: String) -> String {
        address.reduce(into: "") { out, sign in
            if let word = sign.isNumber ? nil : signs[sign] {
                out += " \(word) "
            } else {
                out.append(sign)
            }
        }
    }

    /// Four digits are two pairs; fewer are said in one breath.
    private static func pairs(_ group: String) -> String {
        group.count == 4 ? "\(group.prefix(2)) \(group.suffix(2))" : group
    }
}
