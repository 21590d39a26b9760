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

    /// SHA-256 of the document, as the directory lists it.
    var digest: Digest { Digest(of: bytes) }

    /// The page in all its languages, the default first.
    static func all(
        assets: Assets,
        place: PageDeployment,
        tree: DecisionTree
    ) throws -> [Page] {
        let parts = try PageParts(assets: assets, place: place, tree: tree)
        return try assets.languages().map { try parts.page(in: PageLanguage(tag: $0)) }
    }
}

/// What all languages of the page share.
private struct PageParts {
    let assets: Assets
    let place: PageDeployment
    let template: String
    let style: String
    let script: String
    let worker: String
    let questions: String
    let languages: LanguageSwitch
    let integrity: (wasm: String, fallback: String)

    init(assets: Assets, place: PageDeployment, tree: DecisionTree) throws {
        self.assets = assets
        self.place = place
        template = try assets.source("page.html")
        style = try assets.source("page.css")
        script = try assets.script()
        worker = try assets.source("worker.js")
        questions = try Self.json(tree.nodes.filter(\.isQuestion).map(Question.init))
        languages = LanguageSwitch(
            languages: try assets.languages().map { tag in
                (PageLanguage(tag: tag), try Self.text(Self.ownName, of: tag, assets))
            }
        )
        integrity = (try assets.integrity("intake.wasm"), try assets.integrity("intake.js"))
        try Self.check(style, closedBy: "</style", in: "page.css")
        try Self.check(script, closedBy: "</script", in: "the scripts")
        try Self.check(worker, closedBy: "</script", in: "worker.js")
        for pinned in ["<style>{{style}}</style>", "<script>{{script}}</script>"]
        where !template.contains(pinned) {
            throw CommandError("page.html must have \(pinned), so that its hash can be pinned")
        }
    }

    func page(in language: PageLanguage) throws -> Page {
        let texts = try Self.texts(of: language.tag, assets).mapValues(language.keepingNumbers)
        var values = texts.filter { !$0.key.hasPrefix("js.") && $0.key != Self.ownName }
            .mapValues { PageTemplate.Value.text($0) }
        values["language"] = .text(language.tag)
        values["direction"] = .text(language.direction)
        values["languages"] = .raw(try languages.items(on: language.tag))
        values["siteName"] = .text(place.siteName)
        values["exitUrl"] = .text(place.exitUrl)
        values["style"] = .raw(style)
        values["script"] = .raw(script)
        values["worker"] = .raw(worker)
        values["questions"] = .raw(questions)
        values["scriptTexts"] = .raw(try Self.json(texts.filter { $0.key.hasPrefix("js.") }))
        values["deployment"] = .raw(try Self.json(deployment(language.tag)))
        let document = try PageTemplate(template).filled(values)
        return Page(language: language, bytes: [UInt8](document.utf8), policy: policy)
    }

    /// The text in which a language says its own name.
    private static let ownName = "taal.naam"

    private static func text(
        _ key: String,
        of language: String,
        _ assets: Assets
    ) throws -> String {
        guard let text = try texts(of: language, assets)[key] else {
            throw CommandError("texts/\(language).json has no \"\(key)\", it must have")
        }
        return text
    }

    private static func texts(
        of language: String,
        _ assets: Assets
    ) throws -> [String: String] {
        let name = "texts/\(language).json"
        let source = Data(try assets.source(name).utf8)
        guard let texts = try? JSONDecoder().decode([String: String].self, from: source) else {
            throw CommandError("\(name) cannot be read, it must be one JSON object of strings")
        }
        return texts
    }

    private struct Question: Encodable {
        let id: String
        let answers: [String]

        init(_ question: TreeNode) {
            id = String(decoding: question.id, as: UTF8.self)
            answers = question.answers.map { String(decoding: $0.id, as: UTF8.self) }
        }
    }

    private func deployment(_ language: String) -> [String: String] {
        [
            "deployment": place.deployment,
            "roots": place.roots,
            "language": language,
            "siteName": place.siteName,
            "exitUrl": place.exitUrl,
            "wasmIntegrity": integrity.wasm,
            "fallbackIntegrity": integrity.fallback,
        ]
    }

    private var policy: String {
        [
            "default-src 'none'",
            "script-src '\(Self.hash(of: script))' 'wasm-unsafe-eval'",
            "style-src '\(Self.hash(of: style))'",
            "worker-src blob:",
            "connect-src 'self'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types briefje",
        ].joined(separator: "; ")
    }

    private static func hash(of source: String) -> String {
        let digest = Digest(of: [UInt8](source.utf8))
        return "sha256-" + String(decoding: Base64.encode(digest.bytes), as: UTF8.self)
    }

    /// JSON that may stand inside a script element.
    private static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
            .replacing("<", with: "\\u003c")
    }

    private static func check(_ source: String, closedBy end: String, in name: String) throws {
        guard !source.lowercased().contains(end), !source.contains("<!--") else {
            throw CommandError("\(name) contains \(end) or <!--, it must not")
        }
    }
}
