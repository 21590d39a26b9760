import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// What the desk writes down of itself, and that nobody changes it unseen.
@Suite struct JournalTests {
    let setting: TestDesk

    init() throws {
        setting = try TestDesk()
        for day in 0..<2 as Range<UInt32> {
            let sent = setting.reporter().send("geheim \(day)", to: setting.key())
            setting.server.close(TestDesk.today.adding(day), sent: [sent])
        }
    }

    @Test func `a new vault has an empty journal`() throws {
        #expect(try setting.desk.journal() == Journal(entries: [], head: Digest(of: [])))
    }

    @Test func `what is taken, refused and accepted stands there, with its file's digest`() throws {
        let late = try setting.server.bundle(from: 2)
        _ = try setting.take(late, directory: setting.directory())
        #expect(throws: ContainerError.self) { try setting.take([1, 2, 3]) }
        _ = try setting.take(late, acceptedStart: 2)
        _ = try setting.take(late)
        let entries = try setting.desk.journal().entries
        let taken = JournalEntry(
            .imported,
            TestDesk.today,
            numbers: [2, 4, 4],
            digest: Digest(of: late)
        )
        #expect(
            entries == [
                JournalEntry(
                    .imported,
                    TestDesk.today,
                    numbers: [2, 4, 0],
                    digest: Digest(of: late)
                ),
                JournalEntry(
                    .refused,
                    TestDesk.today,
                    numbers: [RefusedImport.damaged.rawValue],
                    digest: Digest(of: [1, 2, 3])
                ),
                JournalEntry(
                    .startAccepted,
                    TestDesk.today,
                    numbers: [2],
                    digest: setting.server.tree(of: 2).root
                ),
                taken, taken,
            ]
        )
    }

    @Test func `an entry changed or taken out by who knows the passphrase is found`() throws {
        for _ in 0..<3 {
            _ = try setting.take(try setting.server.bundle(), directory: setting.directory())
        }
        let head = try setting.desk.journal().head
        try setting.desk.vault.write { cells in
            let records = try cells.records(JournalRecord.self)
            let entry = JournalEntry(.exported, TestDesk.today, digest: Digest(of: []))
            let forged = JournalRecord(entry, after: records[1].record.previous)
            try cells.replace(row: 2, with: forged)
        }
        #expect(throws: VaultError.brokenJournal(row: 3)) { try setting.desk.journal() }
        try setting.desk.vault.write { cells in
            let records = try cells.records(JournalRecord.self)
            let last = JournalRecord(records[2].record.entry, after: records[1].record.digest)
            try cells.replace(row: 3, with: last)
        }
        #expect(try setting.desk.journal().head != head)
    }

    @Test func `every kind and every reason reads in one line`() {
        for kind in JournalEntry.Kind.allCases {
            let text = JournalEntry(kind, TestDesk.today, digest: Digest(of: [])).text
            #expect(!text.isEmpty && text.count <= 56, "\(text)")
        }
        for reason in RefusedImport.allCases {
            let entry = JournalEntry(
                .refused,
                TestDesk.today,
                numbers: [reason.rawValue],
                digest: Digest(of: [])
            )
            #expect(entry.text.count <= 56, "\(entry.text)")
        }
    }

    @Test func `nothing of a report is in it`() throws {
        _ = try setting.take(try setting.server.bundle(), directory: setting.directory())
        let rows = try setting.desk.vault.read { cells in
            try cells.records(JournalRecord.self).map(\.record.bytes.count)
        }
        #expect(rows == [32 + 1 + 4 + 24 + 32])
    }
}
