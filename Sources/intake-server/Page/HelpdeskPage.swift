import Foundation
import SealedIntake

/// The tree for somebody who is on the telephone with a caller, in one language.
///
/// The same questions and endings as the reporter's page, with numbers to say aloud. It fetches
/// and sends nothing, so it is no part of what a reporter has to verify.
struct HelpdeskPage {
    /// Where it lies.
    let paths: [String]
    /// The document.
    let bytes: [UInt8]
    /// The policy under which a browser runs it: its own pinned script and style, and no line out.
    let policy: String

    /// The page in each language that has texts for it, Dutch at `/helpdesk` too.
    static func all(assets: Assets, siteName: String, files: TreeFiles) throws -> [HelpdeskPage] {
        let parts = try HelpdeskParts(assets: assets, siteName: siteName, files: files)
        return try parts.languages.enumerated().map { place, language in
            try parts.page(in: language, isFirst: place == 0)
        }
    }
}

/// What all languages of the helpdesk share.
private struct HelpdeskParts {
    private static let folder = "helpdesk/"
    private static let file = "helpdesk.html"
    /// With what the keys begin of what is said aloud.
    private static let said = "zeg."
    /// The text that names the choice of a language.
    private static let choice = "taal"

    let assets: Assets
    let siteName: String
    let files: TreeFiles
    let endings: [TreeEnding]
    let template: String
    let style: String
    let script: String
    let languages: [PageLanguage]

    init(assets: Assets, siteName: String, files: TreeFiles) throws {
        self.assets = assets
        self.siteName = siteName
        self.files = files
        endings = TreeEnding.all(of: files.tree)
        template = try assets.source(Self.folder + Self.file)
        let titled: [TreeEntry.Block] = [.first, .place, .also, .note, .duty, .lead, .rung]
        let rules = TreeStyle(files.tree, endings, titled: titled, section: "#questions")
            .css()
        style = try assets.style(["colours.css", Self.folder + "helpdesk.css"]) + rules
        script = try assets.script(in: Self.folder)
        languages = try assets.languages().map { PageLanguage(tag: $0) }
            .filter { try assets.has(Self.texts(of: $0)) }
        try PageTemplate.check(style, closedBy: "</style", in: "helpdesk.css")
        try PageTemplate.check(script, closedBy: "</script", in: "the helpdesk's scripts")
    }

    /// The texts around the tree: other ways to write a language share those of the language, for
    /// who helps reads it well.
    private static func texts(of language: PageLanguage) -> String {
        let first = language.tag.split(separator: "-").first ?? ""
        return "\(folder)texts/\(first).json"
    }

    func page(in language: PageLanguage, isFirst: Bool) throws -> HelpdeskPage {
        let numbers = PageNumbers(files.tree)
        let texts = try numbers.filling(try assets.texts(Self.texts(of: language)))
            .mapValues(language.keepingNumbers)
        var values = texts.filter { !$0.key.hasPrefix(Self.said) && $0.key != Self.choice }
            .mapValues { PageTemplate.Value.text($0) }
        let parts = try tree(in: language, saying: try SpokenWords(texts))
        values["questions"] = .markup(parts.questions)
        values["endings"] = .markup(parts.endings)
        values["language"] = .text(language.tag)
        values["direction"] = .text(language.direction)
        values["languages"] = .markup(try links(on: language, named: texts[Self.choice] ?? ""))
        values.merge(numbers.values(for: template, in: language)) { text, _ in text }
        values["about"] = .text(
            LanguageSwitch.path(of: language, isFirst: isFirst, endingIn: "/over")
        )
        values["validFrom"] = .text(language.words(of: files.tree.validFrom))
        values["siteName"] = .text(siteName)
        values["style"] = .raw(style)
        values["script"] = .raw(script)
        let document = try PageTemplate(template, name: Self.file).filled(values)
        return HelpdeskPage(
            paths: (isFirst ? ["/helpdesk"] : []) + language.paths.map { $0 + "/helpdesk" },
            bytes: [UInt8](document.html.utf8),
            policy: policy
        )
    }

    private func tree(
        in language: PageLanguage,
        saying spoken: SpokenWords
    ) throws -> (questions: Markup, endings: Markup) {
        let words = try PageNumbers(files.tree)
            .filling(try assets.texts("texts/\(language.tag).json"))
            .mapValues(language.keepingNumbers)
        let wording = try TreeWording(files, among: words, language: language)
        return (
            try QuestionMarkup(files.tree, wording, isNumbered: true).html(),
            try endings.map { try SpokenEndingMarkup(files.tree, $0, wording, spoken).html() }
                .joined(separator: "\n")
        )
    }

    /// Plain links to the other languages, which carry nothing; none where there is one only.
    private func links(on here: PageLanguage, named name: String) throws -> Markup {
        guard languages.count > 1 else { return "" }
        let items = try LanguageSwitch(languages, assets: assets, pathsEndIn: "/helpdesk")
            .items(on: here.tag)
        return "<nav aria-label=\"\(name)\"><ul class=\"languages\">\(items)</ul></nav>"
    }

    private var policy: String {
        [
            "default-src 'none'",
            "script-src '\(Assets.hash(of: [UInt8](script.utf8)))'",
            "style-src '\(Assets.hash(of: [UInt8](style.utf8)))'",
            "connect-src 'none'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ].joined(separator: "; ")
    }
}
