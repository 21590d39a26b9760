import Foundation
import SealedIntake

/// The folder in which people write the tree.
public enum TreeFolder {
    /// The files that must be there.
    static let needed = ["wegwijzer.yaml", "organisations.yaml", "duties.yaml", "texts/nl.yaml"]

    /// The longest file that is read, in bytes.
    static let mostBytes = 4 << 20

    /// Reads, checks and compiles all of it.
    /// - Parameters:
    ///   - folder: The folder with `wegwijzer.yaml`.
    ///   - today: The day on which duties and contacts must hold.
    /// - Returns: What is wrong, and the files when nothing is.
    public static func compile(_ folder: String, today: Day) -> TreeCompilation {
        let findings = TreeFindings()
        var reader = BlueprintReader(findings: findings)
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder)
        guard isThere, isFolder.boolValue else {
            let clause = "there is no such folder, it must be the one with wegwijzer.yaml"
            findings.error(clause, at: SourcePosition(file: folder, line: 1, column: 1))
            return TreeCompilation(reader.blueprint, isWhole: false, today: today, findings)
        }
        let names = needed + otherTexts(folder)
        let files = names.map { name in
            (
                name: name,
                written: text(folder, name, findings).flatMap {
                    Written.read($0, file: name, findings)
                }
            )
        }
        for (name, written) in files {
            guard let written else { continue }
            switch name {
            case "wegwijzer.yaml": reader.readTree(written)
            case "organisations.yaml": reader.readOrganisations(written)
            case "duties.yaml": reader.readDuties(written)
            default: reader.readTexts(written, language: language(name))
            }
        }
        let isWhole = files.allSatisfy { $0.written != nil }
        return TreeCompilation(reader.blueprint, isWhole: isWhole, today: today, findings)
    }

    private static func language(_ name: String) -> String {
        String(name.dropFirst("texts/".count).dropLast(".yaml".count))
    }

    /// The languages but the default, sorted.
    private static func otherTexts(_ folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/texts")) ?? []
        return names.filter { $0.hasSuffix(".yaml") && $0 != "nl.yaml" && !$0.hasPrefix(".") }
            .sorted().map { "texts/" + $0 }
    }

    private static func text(
        _ folder: String,
        _ name: String,
        _ findings: TreeFindings
    ) -> String? {
        let start = SourcePosition(file: name, line: 1, column: 1)
        let path = folder + "/" + name
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            findings.error("the file is not there, it must be", at: start)
            return nil
        }
        guard !isFolder.boolValue, let data = FileManager.default.contents(atPath: path) else {
            findings.error("the name is no file that can be read, it must be one", at: start)
            return nil
        }
        guard data.count <= mostBytes, let text = String(data: data, encoding: .utf8) else {
            findings.error("the file is too long or not UTF-8, it must be UTF-8", at: start)
            return nil
        }
        return text
    }
}
