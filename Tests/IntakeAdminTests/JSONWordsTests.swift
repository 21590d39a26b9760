import Foundation
import Testing

@testable import intake_admin

/// The words of JSON stand in the specification, each where it says.
struct JSONWordsTests {
    @Test func `the specification lists the words that are written`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(
            contentsOf: root.appending(path: "docs/spec/commands.md"),
            encoding: .utf8
        )
        let section = try #require(
            text.components(separatedBy: "words in JSON\n").dropFirst().first
        )
        let rows = section.components(separatedBy: "\n## ")[0].split(separator: "\n")
            .map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
            .filter { $0.count == 2 && $0[1].hasPrefix("`") }
        let written = rows.map { row in
            (row[0], row[1].split(separator: " ").map { $0.trimmingCharacters(in: ["`"]) })
        }
        #expect(written.map(\.0) == JSONWords.lists.map(\.place))
        for (row, list) in zip(written, JSONWords.lists) {
            #expect(row.1 == list.words, "\(list.place)")
        }
    }

    @Test func `no word is a name of Swift, nor stands twice in a list`() {
        for list in JSONWords.lists {
            #expect(list.words.allSatisfy { $0 == $0.lowercased() }, "\(list.place)")
            #expect(Set(list.words).count == list.words.count, "\(list.place)")
        }
    }
}
