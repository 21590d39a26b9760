import Foundation

/// A folder of a module with the files directly in it, and what their code names.
struct Folder {
    /// The files directly in a module are a folder too, of this name.
    static let top = "."

    let name: String
    let files: [Project.Source]

    /// The folders of a module, sorted by name.
    static func folders(of module: String) throws -> [Folder] {
        let files = Dictionary(grouping: try Project.sources(of: module)) { source in
            let folders = source.path.split(separator: "/").dropFirst().dropLast()
            return folders.isEmpty ? top : folders.joined(separator: "/")
        }
        return files.map { Folder(name: $0.key, files: $0.value) }.sorted { $0.name < $1.name }
    }

    /// The types that its files declare for others to see, nested ones left out.
    var types: Set<String> {
        names { line in
            guard let first = line.first, !first.isWhitespace else { return nil }
            let words = line.split(separator: " ").map(String.init)
            guard !words.contains("private"), !words.contains("fileprivate"),
                let place = words.firstIndex(where: Self.kinds.contains), place + 1 < words.count
            else { return nil }
            return String(words[place + 1].prefix { $0.isLetter || $0.isNumber || $0 == "_" })
        }
    }

    /// All words of its code that may be types.
    var words: Set<String> {
        files.reduce(into: []) { words, file in
            let letters = file.code.split { !($0.isLetter || $0.isNumber || $0 == "_") }
            words.formUnion(letters.filter { $0.first?.isUppercase == true }.map(String.init))
        }
    }

    private static let kinds: Set<String> = [
        "struct", "enum", "class", "actor", "protocol", "typealias",
    ]

    private func names(_ name: (Substring) -> String?) -> Set<String> {
        Set(files.flatMap { $0.code.split(separator: "\n").compactMap(name) })
    }
}

/// Which folder of a module names types of which other.
struct FolderGraph {
    /// By name of a folder, those it stands on.
    let edges: [String: Set<String>]

    init(of folders: [Folder]) {
        var owners: [String: Set<String>] = [:]
        for folder in folders {
            for type in folder.types { owners[type, default: []].insert(folder.name) }
        }
        edges = folders.reduce(into: [:]) { edges, folder in
            edges[folder.name] = folder.words.reduce(into: []) { found, word in
                guard let owner = owners[word], owner.count == 1 else { return }
                found.formUnion(owner.subtracting([folder.name]))
            }
        }
    }

    /// A way from a folder back to itself; nil where there is none.
    func circle() -> [String]? {
        for start in edges.keys.sorted() {
            if let way = way(from: start, to: start, [start]) { return way }
        }
        return nil
    }

    private func way(from folder: String, to goal: String, _ passed: [String]) -> [String]? {
        for next in (edges[folder] ?? []).sorted() {
            if next == goal { return passed + [goal] }
            guard !passed.contains(next) else { continue }
            if let way = way(from: next, to: goal, passed + [next]) { return way }
        }
        return nil
    }
}
