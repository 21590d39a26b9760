import Foundation
import GRDB
import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

@Suite struct VaultTests {
    let setting: TestDesk

    init() throws {
        setting = try TestDesk()
        let key = setting.key()
        setting.server.close(
            TestDesk.today,
            sent: [
                setting.reporter().send("eerste", to: key),
                setting.reporter().send("tweede", to: key),
            ]
        )
        _ = try setting.take(try setting.server.bundle(), directory: setting.directory())
        for thread in try setting.desk.threads() {
            _ = try setting.desk.reply(
                to: thread.thread,
                kind: .message,
                text: ascii("antwoord"),
                today: setting.server.today
            )
        }
    }

    /// Changes a copy of the vault with plain SQL and opens it.
    private func tampered(_ sql: String, access: VaultAccess = .reading) throws -> Desk {
        let path = try setting.folder.write(setting.folder.read("desk.vault"), UUID().uuidString)
        try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
        return try Desk.open(vault: path, passphrase: TestDesk.passphrase(), access: access)
    }

    private func damaged(_ table: String, _ row: Int64, _ column: String) -> VaultError {
        .damagedCell(table: table, row: row, column: column)
    }

    @Test func `a vault of before there were trees is read, and completed when it is written`()
        throws
    {
        let older = "DROP TABLE tree"
        #expect(try tampered(older).threads().count == 2)
        let desk = try tampered(older, access: .writing)
        let shelf = try desk.vault.write { cells in
            _ = try cells.append(
                to: .tree,
                [
                    .record: TreeFileRecord(.tree, Digest(of: []), taken: TestDesk.today).bytes,
                    .file: [],
                ]
            )
            return try TreeShelf(reading: cells)
        }
        #expect(shelf.holds(Digest(of: [])))
    }

    @Test func `a table of trees that was taken away is missed`() throws {
        let tree = TestTree()
        for (name, bytes) in tree.files { _ = try setting.folder.write(bytes, name) }
        setting.tree = tree.digest
        let directory = setting.directory(serial: 2)
        setting.server.close(TestDesk.today.adding(1), directory: directory, serial: 2)
        let outcome = try setting.take(try setting.server.bundle(), directory: directory)
        #expect(outcome.tree == .taken)
        let fault = VaultError.damagedTable(table: "tree", found: 0, written: 2)
        #expect(throws: fault) { try tampered("DROP TABLE tree") }
    }

    @Test func `a cell put into another's place is found and named`() throws {
        let desk = try tampered(
            """
            UPDATE message SET frame = (SELECT other.frame FROM message AS other
                WHERE other.id = 3 - message.id)
            """
        )
        // The list goes on without what they said.
        #expect(try desk.threads().count == 2)
        #expect(desk.damagedCells == 1)
        let check = try desk.check()
        #expect(check.damaged == [damaged("message", 1, "frame")])
    }

    @Test func `a cell moved to another column of its row is found`() throws {
        let desk = try tampered("UPDATE reply SET frame = envelope")
        #expect(throws: damaged("reply", 1, "frame")) {
            try desk.vault.read { cells in try cells.cell(.reply, row: 1, .frame) }
        }
    }

    @Test func `a cell moved to the same place of another table is found`() throws {
        let desk = try tampered(
            "UPDATE thread SET record = (SELECT record FROM message WHERE id = 1) WHERE id = 1"
        )
        #expect(throws: damaged("thread", 1, "record")) {
            try desk.vault.read { cells in try cells.cell(.thread, row: 1, .record) }
        }
    }

    @Test func `a byte changed in any cell, by more than a bit, is found and named`() throws {
        for table in VaultTable.allCases {
            for column in table.columns {
                let rows = try setting.desk.vault.read { cells in
                    try cells.lastRow(of: table)
                }
                for row in Int64(1)..<(rows + 1) {
                    try check(table, row, column)
                }
            }
        }
    }

    /// Changes the last byte of one cell by two bits and reads it.
    private func check(_ table: VaultTable, _ row: Int64, _ column: VaultColumn) throws {
        let name = column.rawValue
        let path = try setting.folder.write(setting.folder.read("desk.vault"), UUID().uuidString)
        let queue = try DatabaseQueue(path: path)
        try queue.write { database in
            let found = try Data.fetchOne(
                database,
                sql: "SELECT \(name) FROM \(table.rawValue) WHERE id = ?",
                arguments: [row]
            )
            var cell = try #require(found)
            cell[cell.endIndex - 1] ^= 3
            try database.execute(
                sql: "UPDATE \(table.rawValue) SET \(name) = ? WHERE id = ?",
                arguments: [cell, row]
            )
        }
        try queue.close()
        let expected = damaged(table.rawValue, row, name)
        #expect(throws: expected) {
            let desk = try Desk.open(
                vault: path,
                passphrase: TestDesk.passphrase(),
                access: .reading
            )
            _ = try desk.vault.read { cells in
                try cells.cell(table, row: row, column)
            }
        }
    }

    @Test func `a cell that was cut or emptied is found`() throws {
        let cut = try tampered("UPDATE thread SET record = substr(record, 1, 60) WHERE id = 2")
        #expect(throws: damaged("thread", 2, "record")) { try cut.threads() }
        let empty = try tampered("UPDATE thread SET record = x'' WHERE id = 1")
        #expect(throws: damaged("thread", 1, "record")) { try empty.threads() }
    }

    @Test func `a row taken away is found, at the end and in the middle`() throws {
        #expect(throws: VaultError.damagedTable(table: "message", found: 1, written: 2)) {
            try tampered("DELETE FROM message WHERE id = 2")
        }
        let desk = try tampered("DELETE FROM message WHERE id = 1")
        #expect(throws: damaged("message", 1, "record")) { try desk.threads() }
    }

    @Test func `a row added by somebody else is found`() throws {
        #expect(throws: VaultError.damagedTable(table: "thread", found: 3, written: 2)) {
            try tampered("INSERT INTO thread SELECT 3, record FROM thread WHERE id = 1")
        }
    }

    @Test func `another passphrase opens nothing and says so in one line`() throws {
        let copy = try setting.folder.write(setting.folder.read("desk.vault"), "copy")
        #expect(throws: VaultError.wrongPassphrase) {
            try Desk.open(
                vault: copy,
                passphrase: TestDesk.passphrase("correct horse battery stapl"),
                access: .reading
            )
        }
        let clause = VaultError.wrongPassphrase.clause
        #expect(
            clause == "the passphrase does not open this vault, it must be the one it was made with"
        )
    }

    @Test func `a cheaper passphrase key cannot be smuggled in`() throws {
        #expect(throws: VaultError.wrongPassphrase) {
            try tampered("UPDATE vault SET memory = 16384")
        }
    }

    @Test func `the file is readable by its owner alone`() throws {
        let attributes = try FileManager.default.attributesOfItem(
            atPath: setting.folder.file("desk.vault")
        )
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func `a second writer is told that the vault is in use`() throws {
        #expect(throws: VaultError.inUse) {
            try Desk.open(
                vault: setting.folder.file("desk.vault"),
                passphrase: TestDesk.passphrase(),
                access: .writing
            )
        }
    }

    @Test func `what is no vault is named`() throws {
        let text = try setting.folder.write(ascii("hello, not a vault at all"), "text")
        #expect(throws: VaultError.notAVault(path: text)) {
            try Desk.open(vault: text, passphrase: TestDesk.passphrase(), access: .reading)
        }
        let empty = try setting.folder.write([], "empty")
        #expect(throws: VaultError.notAVault(path: empty)) {
            try Desk.open(vault: empty, passphrase: TestDesk.passphrase(), access: .writing)
        }
        let missing = setting.folder.file("missing")
        #expect(throws: VaultError.missing(path: missing)) {
            try Desk.open(vault: missing, passphrase: TestDesk.passphrase(), access: .reading)
        }
        #expect(!FileManager.default.fileExists(atPath: missing))
    }

    @Test func `a new vault overwrites nothing`() throws {
        let path = try setting.folder.write(ascii("precious"), "precious")
        let plan = DeskPlan(
            organisation: setting.organisation,
            deployment: ascii("a.example"),
            roots: setting.roots.file,
            epochs: [TestDesk.today],
            cost: .least
        )
        #expect(throws: VaultError.exists(path: path)) {
            try Desk.create(vault: path, passphrase: TestDesk.passphrase(), plan: plan)
        }
        #expect(try setting.folder.read("precious") == ascii("precious"))
    }

    @Test func `cells of one column have one length, whatever they hold`() throws {
        let path = setting.folder.file("desk.vault")
        let copy = try setting.folder.write(setting.folder.read("desk.vault"), "copy")
        #expect(path != copy)
        try DatabaseQueue(path: copy).read { database in
            for (table, column) in [
                ("message", "frame"), ("reply", "frame"), ("reply", "record"),
                ("message", "record"), ("thread", "record"),
            ] {
                let lengths = try Int.fetchAll(
                    database,
                    sql: "SELECT DISTINCT length(\(column)) FROM \(table)"
                )
                #expect(lengths.count == 1, "\(table).\(column)")
            }
        }
    }
}
