import Foundation
import Testing

@testable import IntakeConsole

/// Files written beside names that somebody prepared.
struct PlainFileWriterTests {
    let room: Room

    init() throws {
        room = try Room()
        try room.put("victim", "victim")
    }

    private func write(_ text: String, _ name: String, isNew: Bool = false) throws(FileError) {
        var file = try PlainFileWriter(room(name), mode: 0o600, isNew: isNew)
        try file.write([UInt8](text.utf8))
        try file.finish()
    }

    @Test(arguments: [false, true])
    func `a file appears whole, with its mode, and nothing beside it`(isNew: Bool) throws {
        try write("hello", "out", isNew: isNew)
        #expect(try room.text("out") == "hello")
        #expect(try room.names == ["out", "victim"])
        var found = stat()
        try #require(stat(room("out"), &found) == 0)
        #expect(found.st_mode & 0o7777 == 0o600)
        #expect(found.st_nlink == 1)
    }

    @Test func `a plain file is replaced, and others that have its bytes keep them`() throws {
        try #require(link(room("victim"), room("out")) == 0)
        try write("hello", "out")
        #expect(try room.text("out") == "hello")
        #expect(try room.text("victim") == "victim")
    }

    @Test func `an exact mode holds whatever the process masks`() throws {
        var file = try PlainFileWriter(room("out"), exactMode: 0o644)
        try file.write([1])
        try file.finish()
        var found = stat()
        try #require(stat(room("out"), &found) == 0)
        #expect(found.st_mode & 0o7777 == 0o644)
    }

    @Test func `a new file replaces nothing`() throws {
        try room.put("old", "out")
        #expect(throws: FileError.taken(path: room("out"))) { try write("x", "out", isNew: true) }
        var file = try PlainFileWriter(room("late"), mode: 0o600, isNew: true)
        try file.write([1])
        try room.put("came first", "late")
        #expect(throws: FileError.taken(path: room("late"))) { try file.finish() }
        _ = consume file
        #expect(try room.text("out") == "old")
        #expect(try room.text("late") == "came first")
        #expect(try room.names == ["late", "out", "victim"])
    }

    @Test(arguments: Room.Planted.allCases, [false, true])
    func `what is no plain file is not replaced`(_ planted: Room.Planted, isNew: Bool) throws {
        guard try room.plant(planted, "out") else { return }
        let before = room.kind("out")
        let kind = try #require(try FileKind(at: room("out")))
        #expect(throws: FileError.notAFile(path: room("out"), kind: kind)) {
            try write("hello", "out", isNew: isNew)
        }
        #expect(room.kind("out") == before)
        #expect(try room.text("victim") == "victim")
        #expect(try room.names == ["out", "victim"])
    }

    @Test(arguments: Room.Planted.allCases)
    func `what is planted while a file is written is not replaced`(
        _ planted: Room.Planted
    ) throws {
        var file = try PlainFileWriter(room("out"), mode: 0o600)
        try file.write([1])
        guard try room.plant(planted, "out") else { return }
        #expect(throws: FileError.self) { try file.finish() }
        _ = consume file
        #expect(try room.text("victim") == "victim")
        #expect(try room.names == ["out", "victim"])
    }

    @Test(arguments: [false, true])
    func `a file that somebody swaps for a link while it is written is said to be`(
        isNew: Bool
    ) throws {
        var file = try PlainFileWriter(room("out"), mode: 0o600, isNew: isNew)
        try file.write([1])
        let beside = try #require(try room.names.first { $0.hasSuffix(".part") })
        try #require(unlink(room(beside)) == 0)
        #expect(try room.plant(.link, beside))
        #expect(throws: FileError.swapped(path: room("out"))) { try file.finish() }
        _ = consume file
        #expect(try room.text("victim") == "victim")
        #expect(room.kind("out") == nil)
    }

    @Test func `links under names that may be guessed are not followed`() throws {
        for name in ["out.part", "out.\(getpid()).part", ".out.part"] {
            #expect(try room.plant(.link, name))
        }
        try write("hello", "out")
        #expect(try room.text("victim") == "victim")
        #expect(try room.text("out") == "hello")
        #expect(room.kind("out") == S_IFREG)
    }

    @Test func `a folder that is a link is the owner's own`() throws {
        try #require(mkdir(room("real"), 0o700) == 0)
        try #require(symlink(room("real"), room("mine")) == 0)
        try write("hello", "mine/out")
        #expect(try room.text("real/out") == "hello")
    }

    @Test(arguments: ["", ".", "..", "folder/", "missing/out"])
    func `a path without a name or a folder is refused`(_ path: String) throws {
        #expect(throws: FileError.self) { try write("hello", path) }
        #expect(try room.names == ["victim"])
    }

    @Test func `a name as long as names may be is written`() throws {
        let name = String(repeating: "é", count: 127) + "x"
        try write("hello", name)
        #expect(try room.text(name) == "hello")
    }

    @Test func `what is not finished leaves nothing behind`() throws {
        var file = try PlainFileWriter(room("out"), mode: 0o600)
        try file.write([1])
        #expect(try room.names.count == 2)
        _ = consume file
        #expect(try room.names == ["victim"])
    }

    @Test func `what killed commands left is taken away, and only that`() throws {
        try room.put("left", ".out.abcdefgh.part")
        let kept = [
            ".other.abcdefgh.part", ".out.abcdefg.part", ".out.abcdefg1.part", ".out.part",
            "out.abcdefgh.part",
        ]
        for name in kept { try room.put("kept", name) }
        #expect(try room.plant(.link, ".out.linklink.part"))
        #expect(try room.plant(.pipe, ".out.pipepipe.part"))
        let before = try room.names
        // It takes the one away, and is not taken away itself while it is under way.
        let busy = try PlainFileWriter(room("out"), mode: 0o600)
        let held = try #require(try room.names.first { !before.contains($0) })
        try write("hello", "out")
        let left = before.filter { $0 != ".out.abcdefgh.part" }
        #expect(try room.names == (left + [held, "out"]).sorted())
        _ = consume busy
        #expect(try room.names == (left + ["out"]).sorted())
    }

    @Test func `two that write one name at once both end whole`() async throws {
        let path = room("out")
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask {
                    for _ in 0..<40 {
                        do throws(FileError) {
                            var file = try PlainFileWriter(path, mode: 0o600)
                            try file.write([UInt8](repeating: UInt8(number), count: 1000))
                            try file.finish()
                        } catch {
                            Issue.record("\(error.clause)")
                        }
                    }
                }
            }
        }
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        #expect(bytes.count == 1000)
        #expect(Set(bytes).count == 1)
        #expect(try room.names == ["out", "victim"])
    }
}
