import Foundation
import Testing

/// The project's own sources and binaries, as files.
enum Project {
    /// One source file.
    struct Source {
        let path: String
        let text: String

        /// The text without comments, in which words are looked for.
        var code: String {
            text.split(separator: "\n", omittingEmptySubsequences: false)
                .map { line in
                    guard let comment = line.range(of: "//") else { return String(line) }
                    let isAddress = line[..<comment.lowerBound].hasSuffix(":")
                    return isAddress ? String(line) : String(line[..<comment.lowerBound])
                }
                .joined(separator: "\n")
        }

        var imports: [String] {
            code.split(separator: "\n").compactMap { line in
                let words = line.split(separator: " ")
                guard let place = words.firstIndex(of: "import"), let name = words.last,
                    words[..<place].allSatisfy({ $0.hasPrefix("@") || Self.access.contains($0) })
                else { return nil }
                return String(name.split(separator: ".")[0])
            }
        }

        private static let access: Set<Substring> = [
            "public", "package", "internal", "fileprivate", "private",
        ]

        var lines: [String] {
            text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        }

        var lineCount: Int { lines.count - 1 }
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The modules: folders of Sources but the system library.
    static func modules() throws -> [String] {
        let names = try FileManager.default
            .contentsOfDirectory(atPath: root.appending(path: "Sources").path)
        return names.filter { !["CBrotli", "CSodium"].contains($0) && !$0.hasPrefix(".") }.sorted()
    }

    /// The Swift files of a module.
    static func sources(of module: String) throws -> [Source] {
        let folder = root.appending(path: "Sources").appending(path: module)
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
            let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
            return Source(path: "\(module)/\(path)", text: text)
        }
    }

    /// The folder this test's own binary was built into; the commands lie beside it.
    static var products: URL {
        URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    }
}
