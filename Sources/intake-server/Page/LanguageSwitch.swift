/// The links from the page in one language to the page in the others.
///
/// Plain links that carry nothing: no cookie, no guess from what a browser says it prefers, so
/// everybody gets the same bytes at an address. They stand on the first screen alone, where there
/// is no answer yet that could be lost.
struct LanguageSwitch {
    /// A language and what it calls itself.
    typealias Named = (language: PageLanguage, name: String)

    /// All languages, the default first.
    private let languages: [Named]
    /// What the paths end in: `/helpdesk`, or nothing for the page itself.
    private let end: String

    /// Takes the languages of a page and the names that their texts give them.
    init(_ languages: [PageLanguage], assets: Assets, pathsEndIn end: String = "") throws {
        self.end = end
        self.languages = try languages.map { language in
            guard let name = try assets.texts("texts/\(language.tag).json")[Self.ownName] else {
                throw CommandError(
                    "texts/\(language.tag).json has no \"\(Self.ownName)\", it must have"
                )
            }
            return (language, name)
        }
    }

    /// The text in which a language says its own name.
    static let ownName = "taal.naam"

    /// The items of a list; the default's link leads to the shortest path.
    func items(on tag: String) -> Markup {
        languages.enumerated().map { place, named -> Markup in
            let (language, name) = named
            guard language.tag != tag else {
                return "<li><b aria-current=\"true\">\(name)</b></li>"
            }
            let path = path(of: language, isFirst: place == 0)
            return """
                <li><a href="\(path)" hreflang="\(language.tag)" lang="\(language.tag)" \
                dir="\(language.direction)">\(name)</a></li>
                """
        }.joined()
    }

    private func path(of language: PageLanguage, isFirst: Bool) -> String {
        Self.path(of: language, isFirst: isFirst, endingIn: end)
    }

    /// Where something lies in a language: the first one's paths are the shortest.
    static func path(of language: PageLanguage, isFirst: Bool, endingIn end: String) -> String {
        let start = isFirst ? "" : language.shownPath
        return start + end == "" ? "/" : start + end
    }
}
