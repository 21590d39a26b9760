import Foundation
import IntakeConsole
import Testing

/// One at a time has a folder, or a file.
struct FileLockTests {
    private let folder: URL

    init() throws {
        folder = URL.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    @Test func `a folder is had by one at a time, and by the next when it is let go of`() throws {
        let first = try #require(try FileLock(folder: folder.path))
        #expect(try FileLock(folder: folder.path) == nil)
        withExtendedLifetime(first) {}
    }

    @Test func `nothing is left in it`() throws {
        #expect(try taken(in: folder.path))
        #expect(try taken(in: folder.path))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func `a folder that is not there is told so`() {
        #expect(throws: FileError.self) { _ = try FileLock(folder: folder.path + "/nowhere") }
    }

    @Test func `a file is had by one at a time, and must be one that can be written`() throws {
        let file = folder.appending(path: "file").path
        #expect(throws: FileError.self) { _ = try FileLock(file) }
        try PlainFile.create(file, with: [1])
        let first = try #require(try FileLock(file))
        #expect(try FileLock(file) == nil)
        withExtendedLifetime(first) {}
        #expect(try PlainFile.contents(of: file) == [1])
        try FileManager.default.createSymbolicLink(
            atPath: file + ".link",
            withDestinationPath: file
        )
        #expect(throws: FileError.self) { _ = try FileLock(file + ".link") }
    }

    private func taken(in path: String) throws -> Bool { try FileLock(folder: path) != nil }
}
