import Foundation
import GRDB
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// One bit that turned over in a vault takes nothing from anybody.
@Suite struct VaultMendingTests {
    private let setting: TestDesk

    init() throws {
        setting = try TestDesk()
        let reporter = setting.reporter()
        setting.server.close(TestDesk.today, sent: [reporter.send("eerste", to: setting.key())])
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

    /// A copy of the vault in which one bit of each cell named turned over.
    private func turned(_ places: [CellPlace], byte: Int = 5) throws -> String {
        let path = try setting.folder.write(setting.folder.read("desk.vault"), UUID().uuidString)
        let queue = try DatabaseQueue(path: path)
        try queue.write { database in
            for place in places {
                let (table, column) = (place.table.rawValue, place.column.rawValue)
                let query = "SELECT \(column) FROM \(table) WHERE id = ?"
                var cell = try #require(
                    try Data.fetchOne(database, sql: query, arguments: [place.row])
                )
                cell[byte] ^= 0x10
                try database.execute(
                    sql: "UPDATE \(table) SET \(column) = ? WHERE id = ?",
                    arguments: [cell, place.row]
                )
            }
        }
        try queue.close()
        return path
    }

    private func open(_ path: String, _ access: VaultAccess = .reading) throws -> Desk {
        try Desk.open(vault: path, passphrase: TestDesk.passphrase(), access: access)
    }

    private var places: [CellPlace] {
        get throws {
            try setting.desk.vault.read { cells in
                try VaultTable.allCases.flatMap { table in
                    try (0..<cells.lastRow(of: table)).flatMap { row in
                        table.columns.map { CellPlace(table: table, row: row + 1, column: $0) }
                    }
                }
            }
        }
    }

    @Test func `a bit of any cell is turned back, and a mend keeps it so`() throws {
        let all = try places
        #expect(all.count > 20)
        for place in all {
            let path = try turned([place])
            let check = try open(path).check()
            #expect(check.mended == [VaultError(damaged: place)])
            #expect(check.damaged.isEmpty)
            do { _ = try open(path, .writing).mend() }
            #expect(try open(path).check().mended.isEmpty)
        }
    }

    @Test func `a list is read as before, bit or no bit`() throws {
        let whole = try setting.desk.threads()
        let frame = CellPlace(table: .message, row: 1, column: .frame)
        let record = CellPlace(table: .thread, row: 1, column: .record)
        let desk = try open(try turned([frame, record]))
        #expect(try desk.threads() == whole)
        #expect(desk.damagedCells == 0)
    }

    @Test func `where more is wrong the search ends, and every cell is named`() throws {
        let all = try places.filter { ![.setting, .sealingKey].contains($0.table) }
        let path = try turned(all)
        let second = try DatabaseQueue(path: path)
        try second.write { database in
            for place in all {
                let (table, column) = (place.table.rawValue, place.column.rawValue)
                try database.execute(
                    sql: "UPDATE \(table) SET \(column) = substr(\(column), 2) WHERE id = ?",
                    arguments: [place.row]
                )
            }
        }
        try second.close()
        #expect(try open(path).check().damaged == all.map(VaultError.init(damaged:)))
    }

    @Test func `a frame that does not open comes again with the next bundle that has it`() throws {
        let whole = try setting.desk.threads()
        let frame = CellPlace(table: .message, row: 1, column: .frame)
        let path = try turned([frame], byte: 5)
        let queue = try DatabaseQueue(path: path)
        try queue.write { database in
            try database.execute(sql: "UPDATE message SET frame = substr(frame, 3) WHERE id = 1")
        }
        try queue.close()
        let check = try open(path).check()
        #expect(check.damaged == [VaultError(damaged: frame)])
        let from = try #require(check.comesAgainFrom)
        #expect(try open(path).threads() != whole)
        let bundle = try setting.folder.write(
            try setting.server.bundle(from: Int(from)),
            "again.in"
        )
        let options = ImportOptions(today: setting.server.today)
        do {
            let outcome = try open(path, .writing).take(bundle: bundle, options: options)
            #expect(outcome.takenAgain == 1)
            #expect(outcome.messages == 0)
        }
        #expect(try open(path).check().damaged.isEmpty)
        #expect(try open(path).threads() == whole)
        let again = try open(path, .writing).take(bundle: bundle, options: options)
        #expect(again.takenAgain == 0)
    }

    @Test func `a copy of a vault is whole where the vault itself has a bit turned over`() throws {
        let frame = CellPlace(table: .message, row: 1, column: .frame)
        let path = try turned([frame])
        let copy = setting.folder.file("copy.vault")
        try open(path).copyVault(to: copy)
        let check = try open(copy).check()
        #expect(check.mended.isEmpty && check.damaged.isEmpty)
        #expect(try open(copy).threads() == setting.desk.threads())
        #expect(try open(path).check().mended == [VaultError(damaged: frame)])
    }
}
