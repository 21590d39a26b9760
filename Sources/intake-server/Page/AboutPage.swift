import Foundation

/// What the pages about the site say of this one.
struct AboutSite {
    /// The name of the page.
    let name: String
    /// Where "leave quickly" leads.
    let exitUrl: String
    /// Who runs it, where somebody said so: it is never made up.
    let operatorName: String?
    /// An address of https: or mailto: for questions about the site.
    let operatorContact: String?
    /// Whether there is a page for schools.
    let hasSchools: Bool
    /// Whether numbers are shown that nobody called yet.
    let isTrial: Bool
    /// The tree's, for those that the pages name.
    let numbers: PageNumbers
}

/// What is said about the site itself: who runs it, what it knows of whom, what was tested.
///
/// Words and one style: these run nothing and fetch nothing, so they are no part of what a
/// reporter has to verify.
struct AboutPage {
    /// Their names in a path, in the order of the links.
    static let names = ["over", "privacy", "toegankelijkheid"]

    /// Where it lies.
    let paths: [String]
    /// The document.
    let bytes: [UInt8]
    /// The policy under which a browser shows it.
    let policy: String

    /// Each of them in each language that has texts for it.
    static func all(assets: Assets, site: AboutSite) throws -> [AboutPage] {
        let parts = try AboutParts(assets: assets, site: site)
        return try parts.languages.enumerated().flatMap { place, language in
            try names.map { try parts.page($0, in: language, isFirst: place == 0) }
        }
    }
}

/// What all of them share.
private struct AboutParts {
    private static let folder = "about/"
    /// The text that titles a page: what its keys begin with, and `.titel`.
    private static let keys = [
        "over": "over", "privacy": "privacy", "toegankelijkheid": "toegankelijk",
    ]

    let assets: Assets
    let site: AboutSite
    let frame: String
    let style: String
    let languages: [PageLanguage]

    init(assets: Assets, site: AboutSite) throws {
        self.assets = assets
        self.site = site
        frame = try assets.source(Self.folder + "frame.html")
        style = try assets.style(["colours.css", "page.css", Self.folder + "about.css"])
        try PageTemplate.check(style, closedBy: "</style", in: "the style")
        languages = try assets.languages().map { PageLanguage(tag: $0) }
            .filter { try assets.has(Self.texts(of: $0)) }
    }

    private static func texts(of language: PageLanguage) -> String {
        "\(folder)texts/\(language.tag).json"
    }

    func page(_ name: String, in language: PageLanguage, isFirst: Bool) throws -> AboutPage {
        let own = try assets.texts(Self.texts(of: language))
        let all = try assets.texts("texts/\(language.tag).json").merging(own) { $1 }
        let texts = try site.numbers.filling(all).mapValues(language.keepingNumbers)
        let source = try assets.source(Self.folder + name + ".html")
        var inside = Self.named(in: source, of: texts)
        if source.contains("{{operator}}") { inside["operator"] = .markup(runner(texts)) }
        var values = Self.named(in: frame, of: texts)
        values.merge(site.numbers.values(for: frame, in: language)) { text, _ in text }
        values["body"] = .markup(try PageTemplate(source, name: name + ".html").filled(inside))
        values["draft"] = .markup(try notes(texts, language))
        values["language"] = .text(language.tag)
        values["direction"] = .text(language.direction)
        values["languages"] = .markup(
            try LanguageSwitch(languages, assets: assets, pathsEndIn: "/" + name)
                .items(on: language.tag)
        )
        values["title"] = .text(texts[Self.title(of: name)] ?? "")
        values["start"] = .text(path("", language, isFirst))
        values["links"] = .markup(links(on: name, texts, language, isFirst))
        values["siteName"] = .text(site.name)
        values["exitUrl"] = .text(site.exitUrl)
        values["style"] = .raw(style)
        let document = try PageTemplate(frame, name: "frame.html").filled(values)
        let more = language.paths.map { $0 + "/" + name }
        return AboutPage(
            paths: (isFirst ? ["/" + name] : []) + more,
            bytes: [UInt8](document.html.utf8),
            policy: policy
        )
    }

    /// The texts that a template names.
    private static func named(
        in template: String,
        of texts: [String: String]
    ) -> [String: PageTemplate.Value] {
        texts.filter { template.contains("{{\($0.key)}}") }.mapValues { .text($0) }
    }

    private static func title(of name: String) -> String { (keys[name] ?? name) + ".titel" }

    private func path(_ end: String, _ language: PageLanguage, _ isFirst: Bool) -> String {
        LanguageSwitch.path(of: language, isFirst: isFirst, endingIn: end)
    }

    /// That nobody but its writer read this language, and that this is a trial.
    private func notes(_ texts: [String: String], _ language: PageLanguage) throws -> Markup {
        let draft = try assets.isReviewed(language.tag) ? nil : texts["taal.ongelezen"]
        return [draft, site.isTrial ? texts["proef"] : nil].compactMap { $0 }
            .map(PageTemplate.hint).joined(separator: "\n")
    }

    /// Who runs the site and where to ask; that it is not said, where nobody said it.
    private func runner(_ texts: [String: String]) -> Markup {
        func text(_ key: String) -> String { texts[key] ?? "" }
        var lines: [Markup] = []
        if let name = site.operatorName {
            lines.append("\(text("over.van")) <b translate=\"no\">\(name)</b>")
        } else {
            lines.append("\(text("over.onbekend"))")
        }
        if let contact = site.operatorContact {
            let shown = contact.replacing("mailto:", with: "").replacing("https://", with: "")
            let link: Markup =
                "<a href=\"\(contact)\" rel=\"noreferrer\" translate=\"no\">\(shown)</a>"
            lines.append("\(text("over.contact")) \(link)")
            lines.append("\(text("over.niet-melden"))")
        } else {
            lines.append("\(text("over.geen-contact"))")
        }
        return lines.map { "<p>\($0)</p>" }.joined(separator: "\n")
    }

    /// To the others, to the page for schools, to the helpdesk's.
    private func links(
        on here: String,
        _ texts: [String: String],
        _ language: PageLanguage,
        _ isFirst: Bool
    ) -> Markup {
        var links = AboutPage.names.filter { $0 != here }.map { name in
            (path("/" + name, language, isFirst), Self.title(of: name))
        }
        if site.hasSchools { links.append(("/scholen", "naam.scholen")) }
        links.append((path("/helpdesk", language, isFirst), "naam.helpdesk"))
        return links.map { path, key -> Markup in
            "<li><a href=\"\(path)\">\(texts[key] ?? "")</a></li>"
        }.joined()
    }

    private var policy: String {
        [
            "default-src 'none'",
            "style-src '\(Assets.hash(of: [UInt8](style.utf8)))'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        ].joined(separator: "; ")
    }
}
