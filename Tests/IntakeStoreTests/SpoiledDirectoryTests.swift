import GRDB
import SealedIntake
import Testing

@testable import IntakeStore

/// One bit that turned over in a directory's row stops no server and no close.
struct SpoiledDirectoryTests {
    private func turnedOver() throws -> Deployment {
        let deployment = try Deployment()
        try deployment.closeNow()
        try deployment.install(deployment.directory(["nl-vi", "helpdesk"], serial: 2))
        try deployment.closeNow(deployment.today.adding(1))
        return deployment
    }

    private func change(
        _ column: String,
        of serial: Int,
        _ deployment: Deployment,
        _ change: (inout [UInt8]) -> Void
    ) throws {
        try deployment.store.pool.write { database in
            let query = "SELECT \(column) FROM directory WHERE serial = ?"
            var bytes = try #require(
                try Row.fetchOne(database, sql: query, arguments: [serial])
            ).bytes(0)
            change(&bytes)
            try database.execute(
                sql: "UPDATE directory SET \(column) = ? WHERE serial = ?",
                arguments: [Blob(bytes), serial]
            )
        }
    }

    @Test(arguments: [1, 2], [0, 40, 300])
    func `a bit of the text is turned back when the store is opened`(serial: Int, at: Int) throws {
        let deployment = try turnedOver()
        let whole = try deployment.contents()
        try change("note", of: serial, deployment) { $0[at] ^= 4 }
        let store = try deployment.another()
        #expect(try deployment.contents() == whole)
        #expect(store.publication.directory?.directory.serial == 2)
        try deployment.closeNow(deployment.today.adding(2))
        _ = try deployment.check()
    }

    @Test(arguments: [1, 2])
    func `a bit of the digest is put right by the log`(serial: Int) throws {
        let deployment = try turnedOver()
        let whole = try deployment.contents()
        try change("digest", of: serial, deployment) { $0[7] ^= 1 }
        _ = try deployment.another()
        #expect(try deployment.contents() == whole)
    }

    @Test func `a serial that turned over is put right by the log`() throws {
        let deployment = try turnedOver()
        let whole = try deployment.contents()
        try deployment.store.pool.write { database in
            try database.execute(sql: "UPDATE directory SET serial = 66 WHERE serial = 2")
        }
        _ = try deployment.another()
        #expect(try deployment.contents() == whole)
    }

    @Test func `what cannot be put right is taken from another copy, and from no older one`()
        throws
    {
        let deployment = try turnedOver()
        let whole = try deployment.contents()
        let first = try deployment.directory(["nl-vi", "helpdesk"])
        let second = try deployment.directory(["nl-vi", "helpdesk"], serial: 2)
        try change("note", of: 2, deployment) { for at in 0..<64 { $0[at] ^= 1 } }
        let damage = StoreError.damaged(.directoryChanged(2))
        #expect(throws: damage) { try deployment.another() }
        for (text, isTaken) in [(first, false), (second, true)] {
            try Store.replaceSpoiledDirectory(
                at: deployment.path,
                with: deployment.rootKeys.sign([UInt8](text.utf8)).bytes,
                roots: deployment.roots
            )
            #expect(((try? deployment.another()) != nil) == isTaken)
        }
        _ = try deployment.check()
        #expect(try deployment.contents().count == whole.count)
    }

    @Test func `a signature that turned over is found and replaced`() throws {
        let deployment = try turnedOver()
        try change("note", of: 2, deployment) { note in
            // A letter of the signature stays a letter.
            let last = note.count - 20
            note[last] = note[last] == 0x41 ? 0x42 : 0x41
        }
        let store = try deployment.another()
        #expect(try !store.isDirectorySigned(by: deployment.roots))
        let text = try deployment.directory(["nl-vi", "helpdesk"], serial: 2)
        try Store.replaceSpoiledDirectory(
            at: deployment.path,
            with: deployment.rootKeys.sign([UInt8](text.utf8)).bytes,
            roots: deployment.roots
        )
        #expect(try deployment.another().isDirectorySigned(by: deployment.roots))
    }
}
