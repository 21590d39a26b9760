import IntakeConsole

/// The folder `campaign` of a tree: the words a sheet of paper adds, and the forms of its pages.
struct CampaignFolder {
    private let path: String

    /// - Parameter tree: The folder with `wegwijzer.yaml`.
    init(tree: String) {
        path = tree + "/campaign"
    }

    /// The words of `nl.yaml` by key, as the texts of the tree are written.
    /// - Throws: ``CampaignError/file(_:)``, ``CampaignError/words(_:)``.
    func words() throws(CampaignError) -> [String: String] {
        let source = try text("nl.yaml")
        let findings = TreeFindings()
        var reader = BlueprintReader(findings: findings)
        if let written = Written.read(source, file: "campaign/nl.yaml", findings) {
            reader.readTexts(written, language: "nl")
        }
        guard !findings.hasErrors else { throw .words(findings.list.map(\.line)) }
        return (reader.blueprint.texts.first?.lines ?? [:]).mapValues(\.text)
    }

    /// A form with gaps.
    /// - Throws: ``CampaignError/file(_:)``.
    func template(_ name: String) throws(CampaignError) -> Template {
        Template(source: try text(name), isMarkup: name.hasSuffix(".html"))
    }

    /// The text of a file.
    /// - Throws: ``CampaignError/file(_:)``.
    func text(_ name: String) throws(CampaignError) -> String {
        let file = path + "/" + name
        guard let bytes = try? PlainFile.contents(of: file, most: TreeFolder.mostBytes),
            let text = String(validating: bytes, as: UTF8.self)
        else { throw .file(file) }
        return text
    }
}
