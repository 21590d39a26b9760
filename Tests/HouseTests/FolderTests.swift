import Foundation
import Testing

/// The folders of a module stand on each other, each only on those below it.
struct FolderTests {
    /// From the lowest; a folder that is not here may not exist.
    private static let server = [
        "Base", "Page/Words", "Page/Tree", "Page", "Serving", "Watching", "Commands",
    ]

    @Test func `no folder of the server names what is declared above it`() throws {
        let sources = try Project.sources(of: "intake-server")
        let folders = Dictionary(grouping: sources, by: Self.folder)
        #expect(Set(folders.keys) == Set(Self.server))
        var names = 0
        for (height, folder) in Self.server.enumerated() {
            let above = Self.server[(height + 1)...].flatMap { folders[$0] ?? [] }
            let declared = Set(above.flatMap(Self.declared))
            names += declared.count
            for file in folders[folder] ?? [] {
                let named = Self.words(of: file).intersection(declared)
                #expect(named.sorted() == [], "\(file.path)")
            }
        }
        #expect(names > 200)
    }

    private static func folder(of file: Project.Source) -> String {
        file.path.split(separator: "/").dropFirst().dropLast().joined(separator: "/")
    }

    /// Types and functions that other files may name: those at the beginning of a line.
    private static func declared(in file: Project.Source) -> [String] {
        file.code.split(separator: "\n").compactMap { line in
            let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
            guard line.first?.isLetter == true, words.first != "private" else { return nil }
            let kinds = ["struct", "enum", "class", "actor", "protocol", "typealias", "func"]
            guard let kind = words.firstIndex(where: kinds.contains) else { return nil }
            return words.dropFirst(kind + 1).first
        }
    }

    private static func words(of file: Project.Source) -> Set<String> {
        Set(file.code.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init))
    }
}
