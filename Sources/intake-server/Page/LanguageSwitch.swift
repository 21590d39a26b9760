/// The links from the page in one language to the page in the others.
///
/// Plain links that carry nothing: no cookie, no guess from what a browser says it prefers, so
/// everybody gets the same bytes at an address. They stand on the first screen alone, where there
/// is no answer yet that could be lost.
struct LanguageSwitch {
    /// A language and what it calls itself.
    typealias Named = (language: PageLanguage, name: String)

    private static let link = PageTemplate(
        #"<li><a href="{{path}}" hreflang="{{tag}}" lang="{{tag}}" dir="{{direction}}">"#
            + "{{name}}</a></li>"
    )
    private static let here = PageTemplate(#"<li><b aria-current="true">{{name}}</b></li>"#)

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
    func items(on tag: String) throws -> String {
        try languages.enumerated().map { place, named in
            guard named.language.tag != tag else {
                return try Self.here.filled(["name": .text(named.name)])
            }
            return try Self.link.filled([
                "path": .text(path(of: named.language, isFirst: place == 0)),
                "tag": .text(named.language.tag),
                "direction": .text(named.language.direction),
                "name": .text(named.name),
            ])
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
