import Foundation
import SealedIntake

/// The document of one language, as it is served.
struct Page {
    /// The language.
    let language: PageLanguage
    /// The document.
    let bytes: [UInt8]
    /// The policy under which a browser runs it: nothing but its own pinned script and style.
    let policy: String
    /// What goes with its program.
    let rest: PageRest

    /// What a policy may say in a header only, behind what the document says.
    static let headerPolicy = "; frame-ancestors 'none'"

    /// SHA-256 of the document, as the directory lists it.
    var digest: Digest { Digest(of: bytes) }

    /// The page in all its languages, the default first.
    static func all(
        assets: Assets,
        place: PageDeployment,
        files: TreeFiles
    ) throws -> [Page] {
        let parts = try PageParts(assets: assets, place: place, files: files)
        return try assets.languages().map { try parts.page(in: PageLanguage(tag: $0)) }
    }
}

/// What all languages of the page share.
private struct PageParts {
    let assets: Assets
    let place: PageDeployment
    let template: String
    let style: String
    /// Of the screens behind the program.
    let behind: (style: String, script: String)
    let script: String
    let worker: String
    let files: TreeFiles
    let endings: [TreeEnding]
    let languages: LanguageSwitch
    let programs: (wasm: Assets.Pinned, fallback: Assets.Pinned)

    init(
        assets: Assets,
        place: PageDeployment,
        files: TreeFiles
    ) throws {
        self.assets = assets
        self.place = place
        self.files = files
        endings = TreeEnding.all(of: files.tree)
        template = try assets.source("page.html")
        style =
            try assets.style(["colours.css", "page.css", "tree.css"])
            + TreeStyle(files.tree, endings, titled: [.lead, .rung]).css()
        behind = (try assets.source("behind/behind.css"), try assets.script(in: "behind/"))
        script = try assets.script()
        worker = try assets.source("worker.js")
        let tags = try assets.languages()
        languages = try LanguageSwitch(tags.map { PageLanguage(tag: $0) }, assets: assets)
        programs = (try assets.program("intake.wasm"), try assets.program("intake.js"))
        try PageTemplate.check(style, closedBy: "</style", in: "the style")
        try PageTemplate.check(script, closedBy: "</script", in: "the scripts")
        let first = "<head>\n<meta http-equiv=\"Content-Security-Policy\" content=\"{{policy}}\">"
        guard template.contains(first) else {
            throw CommandError("page.html must begin its head with the policy, so that it holds")
        }
        for pinned in ["<style>{{style}}</style>", "<script>{{script}}</script>"]
        where !template.contains(pinned) {
            throw CommandError("page.html must have \(pinned), so that its hash can be pinned")
        }
    }

    func page(in language: PageLanguage) throws -> Page {
        let numbers = PageNumbers(files.tree)
        let texts = try numbers.filling(try assets.texts("texts/\(language.tag).json"))
            .mapValues(language.keepingNumbers)
        let apart = [LanguageSwitch.ownName, Self.trial, Self.notRead] + Self.pageNames
        let shown = texts.filter { key, _ in
            !apart.contains(key) && !PageRest.holds(key) && !key.hasPrefix(TreeWord.prefix)
        }.map { key, text in (key, PageRest.isBehind(key) ? PageRest.mark : text) }
        var values = Dictionary(uniqueKeysWithValues: shown)
            .mapValues { PageTemplate.Value.text($0) }
        let tree = files.tree
        let wording = try TreeWording(files, among: texts, language: language)
        let questions = try QuestionMarkup(tree, wording).html()
        let parts = try endings.map { try EndingMarkup(tree, $0, wording).html() }
        values["questions"] = .markup(Self.packed(questions))
        values["endings"] = .markup(Self.packed(parts.joined()))
        values["trial"] = .markup(try trial(texts))
        values.merge(numbers.values(for: template, in: language)) { text, _ in text }
        values["draft"] = .markup(try draft(texts, language))
        values["pages"] = .markup(try pages(texts, language))
        values["language"] = .text(language.tag)
        values["direction"] = .text(language.direction)
        values["languages"] = .markup(languages.items(on: language.tag))
        values["siteName"] = .text(place.siteName)
        values["exitUrl"] = .text(place.exitUrl)
        values["style"] = .raw(style)
        values["script"] = .raw(script)
        let rest = try PageRest(
            texts: texts,
            template: PageTemplate(template),
            behind: behind,
            worker: worker,
            tag: language.tag
        )
        values["said"] = .raw(rest.inside)
        values["deployment"] = .raw(try PageTemplate.json(deployment(language.tag, rest.file)))
        values["policy"] = .raw(policy)
        let document = try PageTemplate(template).filled(values)
        return Page(
            language: language,
            bytes: [UInt8](document.html.utf8),
            policy: policy + Page.headerPolicy,
            rest: rest
        )
    }

    /// The tree's markup without line ends, which stand between blocks only, and without the end
    /// tags that HTML says need not be there.
    private static func packed(_ markup: Markup) -> Markup {
        let blocks = ["<p", "<ul", "<ol", "<div", "<details", "<h3", "</div>", "</details>"]
        let lean = markup.html.replacing("\n", with: "").replacing("</li>", with: "")
        return Markup(verbatim: blocks.reduce(lean) { $0.replacing("</p>" + $1, with: $1) })
    }

    /// The text that says that nobody but its writer read this language's texts.
    static let notRead = "taal.ongelezen"
    /// The texts of the links to what is said about the site, in their order.
    static let pageNames = ["weten.meer", "weten.over", "weten.toegang"]

    private func draft(_ texts: [String: String], _ language: PageLanguage) throws -> Markup {
        guard try !assets.isReviewed(language.tag), let text = texts[Self.notRead] else {
            return ""
        }
        return PageTemplate.hint(text)
    }

    private func pages(_ texts: [String: String], _ language: PageLanguage) throws -> Markup {
        let isFirst = try assets.languages().first == language.tag
        return zip(Self.pageNames, ["/privacy", "/over", "/toegankelijkheid"]).map {
            key,
            end -> Markup in
            let path = LanguageSwitch.path(of: language, isFirst: isFirst, endingIn: end)
            return "<li><a href=\"\(path)\">\(texts[key] ?? "")</a></li>"
        }.joined()
    }

    /// The text that says, on the first screen alone, that the page is a trial.
    private static let trial = "proef"

    private func trial(_ texts: [String: String]) throws -> Markup {
        guard let text = texts[Self.trial] else {
            throw CommandError("the page's texts have no \"\(Self.trial)\", they must have")
        }
        guard ContactMarkup.isTrial(files.tree) else { return "" }
        return PageTemplate.hint(text)
    }

    private func deployment(_ language: String, _ rest: Assets.Pinned) -> [String: String] {
        [
            "deployment": place.deployment,
            "roots": place.roots,
            "tree": String(utf8: Digest(of: files.bytes).hex),
            "language": language,
            "siteName": place.siteName,
            "exitUrl": place.exitUrl,
            "beat": String(place.beatSeconds),
            "serial": String(place.origin.serial),
            "madeOn": place.origin.day.description,
            "rest": rest.path,
            "restIntegrity": rest.integrity,
            "wasm": programs.wasm.path,
            "wasmIntegrity": programs.wasm.integrity,
            "fallback": programs.fallback.path,
            "fallbackIntegrity": programs.fallback.integrity,
        ]
    }

    /// The policy as it stands in the document, so that its digest covers it.
    private var policy: String {
        [
            "default-src 'none'",
            "script-src '\(Self.hash(of: script))' '\(Self.hash(of: behind.script))' "
                + "'wasm-unsafe-eval'",
            "style-src '\(Self.hash(of: style))' '\(Self.hash(of: behind.style))'",
            "worker-src blob:",
            "connect-src 'self'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types briefje",
        ].joined(separator: "; ")
    }

    private static func hash(of source: String) -> String {
        Assets.hash(of: [UInt8](source.utf8))
    }
}
