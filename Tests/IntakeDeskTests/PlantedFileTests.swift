import Foundation
import GRDB
import IntakeConsole
import IntakeRoots
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// What the desk reads and writes where somebody prepared the folder.
@Suite struct PlantedFileTests {
    let setting: TestDesk
    let folder: TestFolder

    init() throws {
        setting = try TestDesk()
        folder = setting.folder
        _ = try setting.takeReport(of: setting.reporter())
        _ = try folder.write(ascii("victim"), "victim")
    }

    private func link(_ name: String) throws {
        try #require(symlink(folder.file("victim"), folder.file(name)) == 0)
    }

    private func isLink(_ name: String) -> Bool {
        var found = stat()
        return lstat(folder.file(name), &found) == 0 && found.st_mode & S_IFMT == S_IFLNK
    }

    @Test func `an export through a link is refused before anything is noted as sent`() throws {
        try link("out")
        let (before, entries) = (try setting.contents(), try setting.desk.journal().entries.count)
        let fault = FileError.notAFile(path: folder.file("out"), kind: .link)
        #expect(throws: fault) {
            try setting.desk.export(to: folder.file("out"), today: TestDesk.today)
        }
        #expect(throws: fault) {
            try setting.desk.exportLeaves(to: folder.file("out"), today: TestDesk.today)
        }
        #expect(try setting.contents() == before)
        #expect(try setting.desk.journal().entries.count == entries)
        #expect(try folder.read("victim") == ascii("victim"))
        #expect(isLink("out"))
    }

    @Test func `a link beside the name of an export is not followed`() throws {
        try link("out.part")
        _ = try setting.desk.export(to: folder.file("out"), today: TestDesk.today)
        #expect(try folder.read("victim") == ascii("victim"))
        #expect(isLink("out.part"))
        #expect(!isLink("out"))
    }

    @Test func `a bundle, directory, key or passphrase that is a link is refused`() throws {
        try link("in")
        let path = folder.file("in")
        let fault = FileError.notAFile(path: path, kind: .link)
        #expect(throws: fault) {
            try setting.desk.take(bundle: path, options: ImportOptions(today: TestDesk.today))
        }
        #expect(throws: fault) { try PlainFile.contents(of: path) }
        #expect(throws: fault) { _ = try RootKeyFile(path: path) }
        #expect(throws: fault) { try DirectoryFile.check(path) }
        #expect(throws: fault) { _ = try Passphrase.read(file: path) }
    }

    @Test(arguments: ["", "-journal", "-wal", "-shm"])
    func `a vault that is a link, or has a pipe beside it, is not opened`(
        _ ending: String
    ) throws {
        let vault = folder.file("other.vault")
        if ending.isEmpty {
            try #require(symlink(folder.file("desk.vault"), vault) == 0)
        } else {
            _ = try folder.write(try folder.read("desk.vault"), "other.vault")
            try #require(mkfifo(vault + ending, 0o600) == 0)
        }
        let fault = FileError.notAFile(path: vault + ending, kind: ending.isEmpty ? .link : .pipe)
        for access in [VaultAccess.reading, .writing] {
            #expect(throws: fault) {
                try Desk.open(vault: vault, passphrase: TestDesk.passphrase(), access: access)
            }
        }
    }

    /// SQLite takes away the file that a journal of several databases names.
    @Test func `a journal that names another file takes nothing away`() throws {
        let victim = try folder.write(ascii("mine"), "victim")
        let vault = try folder.write(try folder.read("desk.vault"), "other.vault")
        let pageSize = 4096
        let magic: [UInt8] = [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]
        func number(_ value: Int) -> [UInt8] {
            withUnsafeBytes(of: UInt32(truncatingIfNeeded: value).bigEndian) { [UInt8]($0) }
        }
        let pages = try folder.read("other.vault").count / pageSize
        let header = magic + [0, 1, pages, 512, pageSize].flatMap(number)
        let name = [UInt8](victim.utf8)
        let sum = name.reduce(0) { $0 + Int(Int8(bitPattern: $1)) }
        let end = [0x4000_0000 / pageSize + 1].flatMap(number) + name
        _ = try folder.write(
            header + [UInt8](repeating: 0, count: 512 - header.count)
                + end + number(name.count) + number(sum) + magic,
            "other.vault-journal"
        )
        for access in [VaultAccess.reading, .writing] {
            #expect(throws: FileError.foreignJournal(path: vault + "-journal")) {
                try Desk.open(vault: vault, passphrase: TestDesk.passphrase(), access: access)
            }
        }
        #expect(try folder.read("victim") == ascii("mine"))
    }

    /// A view under a table's name may give rows without end, before anything is decrypted.
    @Test(arguments: [
        "CREATE VIEW gap AS WITH RECURSIVE n (id) AS (VALUES (1) UNION ALL SELECT id + 1 FROM n) "
            + "SELECT id, zeroblob(64) AS record FROM n",
        "CREATE TRIGGER t AFTER INSERT ON thread BEGIN DELETE FROM alarm; END",
        "CREATE INDEX i ON thread (record)", "CREATE TABLE other (id INTEGER PRIMARY KEY) STRICT",
    ])
    func `a vault with more in it than our tables is none`(_ planted: String) throws {
        let vault = try folder.write(try folder.read("desk.vault"), "other.vault")
        let queue = try DatabaseQueue(path: vault)
        try queue.write { database in
            if planted.contains("VIEW") { try database.execute(sql: "DROP TABLE gap") }
            try database.execute(sql: planted)
        }
        try queue.close()
        for access in [VaultAccess.reading, .writing] {
            #expect(throws: VaultError.notAVault(path: vault)) {
                try Desk.open(vault: vault, passphrase: TestDesk.passphrase(), access: access)
            }
        }
    }

    @Test func `a new vault is not made through a link that leads nowhere`() throws {
        let vault = folder.file("new.vault")
        try #require(symlink(folder.file("nowhere"), vault) == 0)
        let plan = DeskPlan(
            organisation: setting.organisation,
            deployment: ascii(TestServer.deployment),
            roots: setting.roots.file,
            epochs: [TestDesk.today.adding(60)],
            cost: .least
        )
        #expect(throws: VaultError.exists(path: vault)) {
            try Desk.create(vault: vault, passphrase: TestDesk.passphrase(), plan: plan)
        }
        #expect(!FileManager.default.fileExists(atPath: folder.file("nowhere")))
    }

    @Test func `a tree on a stick that is a link is not taken, and said`() throws {
        try link("wegwijzer.tree")
        setting.server.close(TestDesk.today)
        let outcome = try setting.take(try setting.server.bundle())
        let path = folder.file("wegwijzer.tree")
        #expect(outcome.tree.fault == .file(.notAFile(path: path, kind: .link)))
    }

    @Test func `of several files none is written where one name is a link`() throws {
        try link("b")
        let files = [(name: "a", bytes: ascii("a")), (name: "b", bytes: ascii("b"))]
        #expect(throws: FileError.notAFile(path: folder.file("b"), kind: .link)) {
            try OutputFile.write(files, into: folder.path)
        }
        #expect(!FileManager.default.fileExists(atPath: folder.file("a")))
    }
}
