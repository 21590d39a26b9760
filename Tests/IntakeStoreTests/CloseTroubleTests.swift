import Foundation
import GRDB
import SealedIntake
import Testing

@testable import IntakeStore

/// What is in the way of a close: an old store, a full disk, a reader, somebody who takes it back.
struct CloseTroubleTests {
    private func stored(_ count: Int, in deployment: Deployment) async throws {
        for _ in 0..<count { try await deployment.accept(try Samples.text()) }
    }

    /// A reader that goes on.
    private func snapshot(_ store: Store) throws -> DatabaseSnapshot {
        let snapshot = try store.pool.makeSnapshot()
        _ = try snapshot.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM leaf") }
        return snapshot
    }

    private func execute(_ statements: [String], _ store: Store) throws {
        try store.pool.writeWithoutTransaction { database in
            for statement in statements { try database.execute(sql: statement) }
        }
    }

    private func number(_ query: String, _ store: Store) throws -> Int {
        try store.pool.read { try Int.fetchOne($0, sql: query) ?? -1 }
    }

    @Test func `a store that gives nothing back is closed all the same, and is written anew once`()
        async throws
    {
        let deployment = try Deployment()
        try execute(["PRAGMA auto_vacuum = NONE", "VACUUM"], deployment.store)
        try await stored(60, in: deployment)
        try deployment.closePast(deployment.today.adding(1))
        #expect(try number("SELECT COUNT(*) FROM closing", deployment.store) == 0)
        #expect(try number("PRAGMA freelist_count", deployment.store) > 0)
        let other = try deployment.another()
        #expect(try number("PRAGMA auto_vacuum", other) == 0, "not by who only looks")
        #expect(try other.rewriteIfOld())
        #expect(try number("PRAGMA auto_vacuum", other) == 2)
        #expect(try number("PRAGMA freelist_count", other) == 0)
        #expect(try !other.rewriteIfOld())
        _ = try deployment.check()
    }

    @Test func `a close for which there is no room is refused before it writes anything`()
        async throws
    {
        let free = Kept<UInt64>(1 << 40)
        var surroundings = Surroundings()
        surroundings.freeBytes = { _ in free.value }
        let deployment = try Deployment(surroundings: surroundings)
        try await stored(20, in: deployment)
        free.change { $0 = 8 << 20 }
        let needed = UInt64(20 * EnvelopeClass.text.size) + 8 << 20
        #expect(throws: StoreError.noRoomToClose(free: 8 << 20, needed: needed)) {
            try deployment.closePast(deployment.today.adding(1))
        }
        #expect(try deployment.check().waiting == 20)
        #expect(try number("SELECT COUNT(*) FROM closing", deployment.store) == 0)
        free.change { $0 = needed }
        try deployment.closePast(deployment.today.adding(1))
        #expect(try deployment.check().waiting == 0)
    }

    @Test func `what somebody took back meanwhile is not signed`() async throws {
        let between = Between()
        var surroundings = Surroundings()
        surroundings.rest = { _ in between.run() }
        let deployment = try Deployment(surroundings: surroundings)
        try await stored(100, in: deployment)
        between.doOnce {
            try deployment.store.pool.write { database in
                try database.execute(sql: "DELETE FROM text_body WHERE position >= 1")
                try database.execute(sql: "DELETE FROM leaf WHERE position >= 1")
            }
        }
        #expect(throws: StoreError.closing) {
            try deployment.closePast(deployment.today.adding(1))
        }
        #expect(try deployment.check().waiting == 100)
        try deployment.closePast(deployment.today.adding(1))
        #expect(try deployment.check().waiting == 0)
    }

    @Test func `a reader in the way keeps the log from being emptied until the next look`()
        async throws
    {
        let deployment = try Deployment()
        try await stored(5, in: deployment)
        let reader = try deployment.another()
        let snapshot = try snapshot(reader)
        let tomorrow = deployment.today.adding(1)
        try deployment.closePast(tomorrow)
        #expect(try number("SELECT COUNT(*) FROM closing", deployment.store) == 1)
        _ = try deployment.check()
        try snapshot.close()
        #expect(try deployment.closePast(tomorrow).isEmpty)
        #expect(try number("SELECT COUNT(*) FROM closing", deployment.store) == 0)
        let log = deployment.path + "-wal"
        #expect(try FileManager.default.attributesOfItem(atPath: log)[.size] as? Int == 0)
    }

    @Test func `what was acknowledged is checked by what is signed, also between the pieces`()
        async throws
    {
        let between = Between()
        var surroundings = Surroundings()
        surroundings.rest = { _ in between.run() }
        let deployment = try Deployment(surroundings: surroundings)
        try deployment.closeNow()
        try deployment.take(deployment.bundle())
        try await stored(70, in: deployment)
        let checks = Kept(0)
        between.set {
            _ = try deployment.check()
            checks.change { $0 += 1 }
        }
        try deployment.closePast(deployment.today.adding(1))
        between.set(nil)
        #expect(checks.value > 3)
    }

    @Test func `pieces that a desk asked for and nobody has take no room in a file`() async throws {
        let deployment = try Deployment()
        try await stored(3, in: deployment)
        try deployment.closeNow()
        try await deployment.store.pool.write { database in
            for number in 0..<4100 {
                try database.execute(
                    sql: "INSERT INTO wanted (organisation, digest) VALUES (?, ?)",
                    arguments: [
                        Blob("nl-vi".id), Blob(Digest(of: [UInt8]("piece \(number)".utf8))),
                    ]
                )
            }
        }
        #expect(try deployment.export("nl-vi", most: 2 << 20).report.left == 0)
    }
}
