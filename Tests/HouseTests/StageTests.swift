import Foundation
import Testing

/// What tests have on paper is written once.
struct StageTests {
    @Test func `the text of a directory is written by the stage alone`() throws {
        let folder = Project.root.appending(path: "Tests")
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".swift") }
        let line = "\"sealedintake/v1/" + "directory"
        let writers = try paths.filter { path in
            try String(contentsOf: folder.appending(path: path), encoding: .utf8).contains(line)
        }
        #expect(writers == ["Stage/PaperDirectory.swift"])
    }
}
