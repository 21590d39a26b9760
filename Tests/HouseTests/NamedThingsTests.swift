import Foundation
import Testing

/// What the documents name is there.
struct NamedThingsTests {
    @Test(arguments: try Project.modules().filter { !$0.hasPrefix("intake-") })
    func `the landing page of a module names types that it has`(module: String) throws {
        let page = Project.root.appending(path: "Sources/\(module)/\(module).docc/\(module).md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let named = Self.quoted(text, by: "``").filter { $0 != module }
        #expect(named.count >= 3, "\(module) says too little of itself")
        let types = try Folder.folders(of: module).reduce(into: Set()) { $0.formUnion($1.types) }
        for name in named { #expect(types.contains(name), "\(module) has no \(name)") }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count <= 30, "\(module).md is no landing page any more")
    }

    /// `Type` and `Type.function` of a document that begin with a capital.
    @Test func `ARCHITECTURE names types and functions that are there`() throws {
        let text = try String(
            contentsOf: Project.root.appending(path: "ARCHITECTURE.md"),
            encoding: .utf8
        )
        let sources = try Project.modules().flatMap(Project.sources).map(\.code)
        let words = Set(sources.flatMap { $0.split { !($0.isLetter || $0.isNumber) } })
        let drawing = try #require(text.split(separator: "```").dropFirst().first)
        let calls = drawing.split { !($0.isLetter || $0.isNumber || $0 == ".") }
            .filter { $0.first?.isUppercase == true && $0.contains(".") }
        try #require(calls.count >= 6)
        for call in calls {
            for part in call.split(separator: ".") {
                #expect(words.contains(part), "\(call) is not there")
            }
        }
        let types = drawing.split { !($0.isLetter || $0.isNumber || $0 == ".") }
            .filter { $0.first?.isUppercase == true && !$0.contains(".") && $0.count > 4 }
        for type in types { #expect(words.contains(type), "\(type) is not there") }
    }

    @Test func `the table of README has every module`() throws {
        let text = try String(
            contentsOf: Project.root.appending(path: "README.md"),
            encoding: .utf8
        )
        for module in try Project.modules() {
            #expect(text.contains("`Sources/\(module)`"), "\(module)")
        }
    }

    private static func quoted(_ text: String, by mark: String) -> [String] {
        let parts = text.components(separatedBy: "```").enumerated()
            .filter { $0.offset.isMultiple(of: 2) }.map(\.element)
        return parts.flatMap { part in
            part.components(separatedBy: mark).enumerated()
                .filter { !$0.offset.isMultiple(of: 2) }.map(\.element)
        }
    }
}
