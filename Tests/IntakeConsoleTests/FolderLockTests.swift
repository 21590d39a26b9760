import Foundation
import IntakeConsole
import Testing

/// One process at a time has a folder.
struct FolderLockTests {
    private let folder: URL

    init() throws {
        folder = URL.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    @Test func `a folder is had by one at a time, and by the next when it is let go of`() throws {
        let first = try #require(try FolderLock(folder.path))
        #expect(try FolderLock(folder.path) == nil)
        withExtendedLifetime(first) {}
    }

    @Test func `nothing is left in it`() throws {
        #expect(try taken(in: folder.path))
        #expect(try taken(in: folder.path))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func `a folder that is not there is told so`() {
        #expect(throws: FileError.self) { _ = try FolderLock(folder.path + "/nowhere") }
    }

    private func taken(in path: String) throws -> Bool { try FolderLock(path) != nil }
}
