import Foundation
import IntakeConsole
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
    ///   - known: What code asks for by name.
    /// - Returns: What is wrong, and the files when nothing is.
    public static func compile(
        _ folder: String,
        today: Day,
        known: [KnownName] = KnownName.all
    ) -> TreeCompilation {
        let findings = TreeFindings()
        var reader = BlueprintReader(findings: findings)
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder)
        guard isThere, isFolder.boolValue else {
            let clause = "there is no such folder, it must be the one with wegwijzer.yaml"
            findings.error(clause, at: SourcePosition(file: folder, line: 1, column: 1))
            return TreeCompilation(
                reader.blueprint,
                isWhole: false,
                today: today,
                known: known,
                findings
            )
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
        return TreeCompilation(
            reader.blueprint,
            isWhole: isWhole,
            today: today,
            known: known,
            findings
        )
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
        do throws(FileError) {
            let path = folder + "/" + name
            let bytes = try PlainFile.contents(of: path, most: mostBytes)
            if let text = String(validating: bytes, as: UTF8.self) { return text }
            findings.error("the file is not UTF-8, it must be", at: start)
        } catch {
            findings.error(clause(error, folder + "/" + name), at: start)
        }
        return nil
    }

    private static func clause(_ fault: FileError, _ path: String) -> String {
        switch fault {
        case .notAFile(_, let kind): "the name is \(kind.words), it must be a plain file"
        case .tooLong(_, let most): "the file is too long, it must be at most \(most) bytes"
        default:
            isMissing(path)
                ? "the file is not there, it must be"
                : "the name is no file that can be read, it must be one"
        }
    }

    private static func isMissing(_ path: String) -> Bool {
        do throws(FileError) {
            return try !PlainFile.exists(path)
        } catch {
            return false
        }
    }
}
