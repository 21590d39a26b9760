import Foundation
import IntakeConsole
import IntakeStore
import SealedIntake

/// The page for schools and what it offers to download, where the data folder has them.
///
/// scripts/campaign makes them: `scholen.html` is served at `/scholen`, the other files below it.
enum SchoolFiles {
    /// More files than the campaign has, and few enough to keep in memory.
    static let most = 64

    /// Reads the folder; nothing where there is none.
    /// - Throws: ``CommandError`` for a folder that cannot be listed, for a page that would run or
    ///   fetch something, or whose style cannot be pinned; ``FileError`` for a file that cannot be
    ///   read.
    static func of(_ folder: String) throws -> [String: Resource] {
        guard try PlainFile.exists(folder) else { return [:] }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw CommandError("\"\(folder)\" cannot be read, it must be a folder")
        }
        let known = names.filter { contentType(of: $0) != nil }.sorted()
        guard known.count <= most else {
            throw CommandError(
                "\"\(folder)\" has \(known.count) files, it must have at most \(most)"
            )
        }
        var files: [String: Resource] = [:]
        for name in known {
            let path = folder + "/" + name
            let bytes = try PlainFile.contents(of: path, most: DataFolder.longestFile)
            var resource = Resource(contentType(of: name) ?? Resource.binary, bytes)
            if name.hasSuffix(".html") {
                resource = try StaticFiles.compressed("text/html; charset=utf-8", bytes)
                    .under(policy: try policy(bytes, path))
            }
            files[name == "scholen.html" ? "/scholen" : "/scholen/" + name] = resource
        }
        return files
    }

    /// The type of a name the campaign gives; nil for any other name.
    private static func contentType(of name: String) -> String? {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty,
            parts[0].utf8.allSatisfy({
                (0x61...0x7A) ~= $0 || (0x30...0x39) ~= $0 || $0 == 0x2D
            })
        else { return nil }
        switch parts[1] {
        case "html": return "text/html; charset=utf-8"
        case "svg": return "image/svg+xml"
        case "pdf": return "application/pdf"
        case "txt": return Resource.plainText
        default: return nil
        }
    }

    /// Nothing but the one style that stands in the page, by its hash.
    private static func policy(_ bytes: [UInt8], _ path: String) throws -> String {
        let page = String(utf8: bytes)
        let lower = page.lowercased()
        for bad in ["<script", "<iframe", "<base", "<form", "<meta http-equiv"]
        where lower.contains(bad) {
            throw CommandError("\"\(path)\" holds \(bad), it must hold words and one style")
        }
        let halves = page.split(separator: "<style>", omittingEmptySubsequences: false)
        let style = halves.last?.split(separator: "</style>", omittingEmptySubsequences: false)
        guard halves.count == 2, let style, style.count == 2 else {
            throw CommandError("\"\(path)\" has not one <style>, it must have, to be pinned")
        }
        let digest = Digest(of: [UInt8](style[0].utf8))
        let hash = String(utf8: Base64.encode(digest.bytes))
        return "default-src 'none'; style-src 'sha256-\(hash)'; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'none'"
    }
}
