import Foundation
import Testing

@testable import IntakeConsole

/// Files read from paths that somebody prepared.
struct PlainFileReaderTests {
    let room: Room

    init() throws {
        room = try Room()
        try room.put("victim", "victim")
    }

    @Test func `a plain file is read whole and by pieces`() throws {
        try room.put("hello", "in")
        #expect(try PlainFile.contents(of: room("in"), most: 5) == [UInt8]("hello".utf8))
        let file = try PlainFileReader(room("in"))
        #expect(try file.read(3, at: 2) == [UInt8]("llo".utf8))
        #expect(try file.read(9, at: 4) == [UInt8]("o".utf8))
        #expect(try file.read(9, at: 5).isEmpty)
        #expect(try file.read(9, at: 1 << 40).isEmpty)
    }

    @Test func `a file that is too long is refused`() throws {
        try room.put("hello", "in")
        #expect(throws: FileError.tooLong(path: room("in"), most: 4)) {
            try PlainFile.contents(of: room("in"), most: 4)
        }
    }

    @Test func `a file that is not there is unreadable`() throws {
        let fault = #expect(throws: FileError.self) { _ = try PlainFileReader(room("nothing")) }
        let clause = "\"\(room("nothing"))\" cannot be read: no such file or directory"
        #expect(fault?.clause == clause)
    }

    @Test(arguments: Room.Planted.allCases)
    func `what is no plain file is refused at once`(_ planted: Room.Planted) throws {
        guard try room.plant(planted, "in") else { return }
        let kind = try #require(try FileKind(at: room("in")))
        #expect(kind != .plain)
        let fault = FileError.notAFile(path: room("in"), kind: kind)
        #expect(throws: fault) { _ = try PlainFileReader(room("in")) }
        #expect(throws: fault) { try PlainFile.contents(of: room("in"), most: 10) }
        #expect(fault.clause == "\"\(room("in"))\" is \(kind.words), it must be a plain file")
    }

    @Test func `a folder that is a link is the owner's own`() throws {
        try #require(mkdir(room("real"), 0o700) == 0)
        try room.put("hello", "real/in")
        try #require(symlink(room("real"), room("mine")) == 0)
        #expect(try PlainFile.contents(of: room("mine/in"), most: 9).count == 5)
    }

    @Test func `a name that changes all the time never gives anything but the file`() async throws {
        try room.put("hello", "kept")
        let (path, kept, victim) = (room("in"), room("kept"), room("victim"))
        let planter = Task.detached {
            while !Task.isCancelled {
                unlink(path)
                symlink(victim, path)
                unlink(path)
                mkfifo(path, 0o600)
                unlink(path)
                link(kept, path)
            }
        }
        for _ in 0..<20_000 {
            guard let bytes = try? PlainFile.contents(of: path, most: 9) else { continue }
            #expect(bytes == [UInt8]("hello".utf8))
        }
        planter.cancel()
        await planter.value
    }

    @Test(arguments: ["", "-journal", "-wal", "-shm"], Room.Planted.allCases)
    func `a database with something planted beside it is refused`(
        _ ending: String,
        _ planted: Room.Planted
    ) throws {
        try PlainFile.checkDatabase(room("base"))
        if !ending.isEmpty { try room.put("", "base") }
        guard try room.plant(planted, "base" + ending) else { return }
        let kind = try #require(try FileKind(at: room("base" + ending)))
        #expect(throws: FileError.notAFile(path: room("base" + ending), kind: kind)) {
            try PlainFile.checkDatabase(room("base"))
        }
    }
}
