import Foundation
import IntakeConsole
import SealedIntake
import Testing

@testable import IntakeStore

/// What the server reads and writes where somebody prepared the folder.
struct PlantedFileTests {
    let deployment: Deployment

    init() throws {
        deployment = try Deployment()
        try Data("victim".utf8).write(to: deployment.folder.appending(path: "victim"))
    }

    private func path(_ name: String) -> String { deployment.folder.appending(path: name).path }

    private func link(_ name: String) throws {
        try #require(symlink(path("victim"), path(name)) == 0)
    }

    private func victim() throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path("victim"))), as: UTF8.self)
    }

    private func refusal(_ name: String, _ kind: FileKind = .link) -> FileError {
        .notAFile(path: path(name), kind: kind)
    }

    @Test func `a link is neither written through nor replaced`() async throws {
        try deployment.closeNow()
        try link("out")
        let id = try #require(OrganisationID(ascii: [UInt8]("nl-vi".utf8)))
        #expect(throws: refusal("out")) {
            try deployment.store.export(for: id, to: path("out"), logKey: deployment.logKey)
        }
        #expect(throws: refusal("out")) { try PlainFile.replace(path("out"), with: [1]) }
        #expect(throws: refusal("out")) { try PlainFile.check(path("out")) }
        #expect(throws: refusal("out")) {
            try PlainFile.create(path("out"), with: [1], mode: 0o600)
        }
        #expect(try victim() == "victim")
        #expect(readlink(path("out")) == path("victim"))
    }

    @Test func `a link beside a name is not followed`() throws {
        try link("out.\(getpid()).part")
        try PlainFile.replace(path("out"), with: [1])
        #expect(try victim() == "victim")
        #expect(try PlainFile.contents(of: path("out"), most: 1) == [1])
    }

    @Test func `a link and a pipe are not read`() throws {
        try link("in")
        try #require(mkfifo(path("pipe"), 0o600) == 0)
        for (name, kind) in [("in", FileKind.link), ("pipe", .pipe)] {
            #expect(throws: refusal(name, kind)) {
                try PlainFile.contents(of: path(name), most: 100)
            }
            #expect(throws: FileError.self) { _ = try FileSource(path: path(name)) }
            #expect(throws: refusal(name, kind)) {
                try HighWaterMark(path: path(name)).read(logKey: deployment.logKey)
            }
        }
    }

    @Test func `a link that leads nowhere is something that lies there`() throws {
        try #require(symlink(path("nowhere"), path("dead")) == 0)
        #expect(try PlainFile.exists(path("dead")))
        #expect(try !PlainFile.exists(path("nowhere")))
    }

    @Test(arguments: ["-wal", "-shm", "-journal"])
    func `a store with a pipe beside it is not opened`(_ ending: String) throws {
        let copy = path("copy.sqlite")
        try Data(contentsOf: URL(filePath: deployment.path)).write(to: URL(filePath: copy))
        try #require(mkfifo(copy + ending, 0o600) == 0)
        #expect(throws: refusal("copy.sqlite" + ending, .pipe)) {
            try Store.open(at: copy)
        }
    }

    /// SQLite takes away the file that a journal of several databases names: such a one ends in
    /// what a journal begins with.
    @Test func `a store with a journal that names another file is not opened`() throws {
        let copy = path("copy.sqlite")
        try Data(contentsOf: URL(filePath: deployment.path)).write(to: URL(filePath: copy))
        let magic = Data([0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7])
        try (magic + Data(count: 512) + magic).write(to: URL(filePath: copy + "-journal"))
        #expect(throws: FileError.foreignJournal(path: copy + "-journal")) {
            try Store.open(at: copy)
        }
        #expect(try PlainFile.exists(copy + "-journal"))
    }

    @Test func `a data folder that is a link is the operator's own`() throws {
        try #require(symlink(deployment.folder.path, path("mine")) == 0)
        try PlainFile.replace(path("mine/out"), with: [1])
        #expect(try PlainFile.contents(of: path("mine/out"), most: 1) == [1])
        try Store.open(at: path("mine/intake.sqlite")).close()
    }

    private func readlink(_ path: String) -> String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: path)
    }
}
