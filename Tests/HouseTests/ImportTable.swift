import Foundation

/// The table of modules in ARCHITECTURE.md: `` | `Module` | what | imports | must never | ``.
enum ImportTable {
    /// What each module may import.
    static func read() throws -> [String: Set<String>] {
        let document = try String(
            contentsOf: Project.root.appending(path: "ARCHITECTURE.md"),
            encoding: .utf8
        )
        return read(document)
    }

    static func read(_ document: String) -> [String: Set<String>] {
        document.split(separator: "\n").reduce(into: [:]) { table, line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 6, cells[1].hasPrefix("`"), cells[1].hasSuffix("`") else { return }
            let names = cells[3].split(separator: ",").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            table[cells[1].trimmingCharacters(in: ["`"])] = Set(names.filter { !$0.isEmpty })
        }
    }
}
