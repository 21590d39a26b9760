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
    let languages: [Named]

    /// The items of a list; the default's link leads to `/`.
    func items(on tag: String) throws -> String {
        try languages.enumerated().map { place, named in
            guard named.language.tag != tag else {
                return try Self.here.filled(["name": .text(named.name)])
            }
            return try Self.link.filled([
                "path": .text(place == 0 ? "/" : named.language.shownPath),
                "tag": .text(named.language.tag),
                "direction": .text(named.language.direction),
                "name": .text(named.name),
            ])
        }.joined()
    }
}
