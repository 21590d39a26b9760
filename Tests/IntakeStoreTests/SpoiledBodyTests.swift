import GRDB
import SealedIntake
import Testing

@testable import IntakeStore

/// Bits that turn over on a disk or in memory: one of them takes nothing from anybody, and what is
/// spoiled for good takes nothing else along.
struct SpoiledBodyTests {
    /// Which bits of a body turn over.
    enum Spoiling: CaseIterable {
        case firstBit, lastBit, oneInTheMiddle, twoBits, cut

        /// Whether the digest tells what stood there.
        var isMended: Bool { self != .twoBits && self != .cut }

        func spoil(_ bytes: [UInt8]) -> [UInt8] {
            var bytes = bytes
            switch self {
            case .firstBit: bytes[0] ^= 0x80
            case .lastBit: bytes[bytes.count - 1] ^= 1
            case .oneInTheMiddle: bytes[bytes.count / 2 + 7] ^= 0x10
            case .twoBits: bytes[100] ^= 0x11
            case .cut: bytes.removeLast()
            }
            return bytes
        }
    }

    private func spoil(
        _ spoiling: Spoiling,
        _ table: String,
        _ body: [UInt8],
        in deployment: Deployment
    ) throws {
        try deployment.store.pool.write { database in
            try database.execute(sql: "PRAGMA ignore_check_constraints = ON")
            try database.execute(
                sql: "UPDATE \(table) SET body = ? WHERE body = ?",
                arguments: [Blob(spoiling.spoil(body)), Blob(body)]
            )
            #expect(database.changesCount == 1)
            try database.execute(sql: "PRAGMA ignore_check_constraints = OFF")
        }
    }

    /// A check names the objects of these leaves, and nothing else.
    private func expectNamed(_ leaves: [UInt64], in deployment: Deployment) throws {
        guard !leaves.isEmpty else {
            _ = try deployment.check()
            return
        }
        let error = try #require(#expect(throws: StoreError.self) { try deployment.check() })
        #expect(error.clauses.count == leaves.count)
        for leaf in leaves {
            #expect(error.clauses.contains { $0.contains("of leaf \(leaf) ") }, "\(error.clauses)")
        }
    }

    @Test(arguments: Spoiling.allCases)
    func `of what waits, one bit is mended by the close; more stays behind alone and is named`(
        spoiling: Spoiling
    ) async throws {
        let deployment = try Deployment()
        let (spoiled, whole) = (try Samples.text("nl-vi"), try Samples.text("nl-vi"))
        try await deployment.accept(spoiled)
        try await deployment.accept(whole)
        try spoil(spoiling, "inbox_body", spoiled.envelope.bytes, in: deployment)
        #expect(throws: StoreError.damaged(.waitingChanged(.envelope))) { try deployment.check() }
        let closed = try #require(try deployment.closeNow().first)
        let index = try deployment.leaves().firstIndex { $0.tag == spoiled.tag }
        let lost = spoiling.isMended ? [] : [UInt64(try #require(index))]
        #expect(closed.spoiled.map(\.index) == lost)
        let (report, read) = try deployment.export("nl-vi")
        #expect(read.envelopes[whole.tag] == whole.envelope.bytes)
        #expect(read.envelopes[spoiled.tag] == (spoiling.isMended ? spoiled.envelope.bytes : nil))
        #expect(report.missing == lost.count && report.damaged == lost)
        try expectNamed(lost, in: deployment)
    }

    @Test(arguments: Spoiling.allCases)
    func `of what is logged, one bit is mended by the export; more is left out and named`(
        spoiling: Spoiling
    ) async throws {
        let deployment = try Deployment(escalations: ["nl-vi": "helpdesk after 2"])
        let (spoiled, whole) = (try Samples.text("nl-vi"), try Samples.text("nl-vi"))
        try await deployment.accept(spoiled)
        try await deployment.accept(whole)
        try deployment.closePast(deployment.today.adding(3))
        try spoil(spoiling, "text_body", spoiled.envelope.bytes, in: deployment)
        let index = UInt64(
            try #require(try deployment.leaves().firstIndex { $0.tag == spoiled.tag })
        )
        for desk in ["nl-vi", "helpdesk"] {
            let (report, read) = try deployment.export(desk)
            let expected = spoiling.isMended ? spoiled.envelope.bytes : nil
            #expect(read.envelopes[spoiled.tag] == expected, "\(desk)")
            #expect(read.envelopes[whole.tag] == whole.envelope.bytes)
            #expect(report.damaged == (spoiling.isMended ? [] : [index]))
        }
    }

    @Test func `a check names all that is wrong, each on a line of its own`() async throws {
        let deployment = try Deployment()
        let reports = try (0..<3).map { _ in try Samples.text("nl-vi") }
        for report in reports { try await deployment.accept(report) }
        try deployment.closeNow()
        for report in reports.dropLast() {
            try spoil(.twoBits, "text_body", report.envelope.bytes, in: deployment)
        }
        let indexes = try reports.dropLast().map { report in
            UInt64(try #require(try deployment.leaves().firstIndex { $0.tag == report.tag }))
        }
        let error = #expect(throws: StoreError.self) { try deployment.check() }
        #expect(
            error?.clauses
                == indexes.sorted().map { "the envelope of leaf \($0) is not the one logged" }
        )
    }

    @Test(arguments: Spoiling.allCases)
    func `replies and transfers that wait are held to what their desk signed`(
        spoiling: Spoiling
    ) throws {
        let deployment = try Deployment()
        let desk = try #require(deployment.desks["nl-vi".id])
        let (reply, transfer) = (desk.reply(), try desk.transfer(to: "helpdesk"))
        try deployment.closeNow()
        try deployment.take(deployment.bundle([reply, transfer]))
        try spoil(spoiling, "reply_inbox", reply.object, in: deployment)
        try spoil(spoiling, "transfer_inbox", transfer.object, in: deployment)
        let closed = try #require(try deployment.closeNow().first)
        #expect(closed.replies == 1 && closed.spoiled.count == (spoiling.isMended ? 0 : 2))
        let drop = try deployment.store.shards.map { try Drop(bytes: $0) }
        let held = drop.compactMap { $0.envelope(reply.row.tag) }
        #expect(held.contains(reply.object) == spoiling.isMended)
        let read = try deployment.export("helpdesk").read
        #expect(read.envelopes[transfer.row.tag] == (spoiling.isMended ? transfer.object : nil))
        try expectNamed(closed.spoiled.map(\.index), in: deployment)
    }

    @Test(arguments: Spoiling.allCases)
    func `a recovery takes what waits only where it is what was logged`(
        spoiling: Spoiling
    ) async throws {
        let whole = try Deployment()
        let backup = try Deployment(copyOf: whole)
        let report = try Samples.text("nl-vi")
        try await whole.accept(report)
        try whole.closeNow()
        let restored = try backup.restored(markedBy: whole)
        try await restored.accept(report)
        try spoil(spoiling, "inbox_body", report.envelope.bytes, in: restored)
        let recovered = try restored.recover(
            try whole.leavesFile(of: "nl-vi"),
            today: whole.today
        )
        #expect(recovered.moved == (spoiling.isMended ? 1 : 0))
        #expect(recovered.spoiled.count == (spoiling.isMended ? 0 : 1))
        let read = try restored.export("nl-vi", from: 0).read
        #expect(read.envelopes[report.tag] == (spoiling.isMended ? report.envelope.bytes : nil))
        try restored.closeNow(whole.today.adding(1))
        let index = try whole.leaves().firstIndex { $0.tag == report.tag }
        try expectNamed(spoiling.isMended ? [] : [UInt64(try #require(index))], in: restored)
    }

    @Test func `a reply that was spoiled after its close comes back from its desk`() throws {
        let deployment = try Deployment()
        let desk = try #require(deployment.desks["nl-vi".id])
        let (reply, transfer) = (desk.reply(), try desk.transfer(to: "helpdesk"))
        try deployment.closeNow()
        try deployment.take(deployment.bundle([reply, transfer]))
        try deployment.closeNow()
        try spoil(.twoBits, "reply", reply.object, in: deployment)
        try spoil(.twoBits, "text_body", transfer.object, in: deployment)
        #expect(throws: StoreError.self) { try deployment.check() }
        try deployment.take(deployment.bundle([reply, transfer]))
        _ = try deployment.check()
        let drop = try deployment.store.shards.map { try Drop(bytes: $0) }
        #expect(drop.compactMap { $0.envelope(reply.row.tag) } == [reply.object])
        let read = try deployment.export("helpdesk").read
        #expect(read.envelopes[transfer.row.tag] == transfer.object)
    }

    @Test func `a close searches sixteen bodies, an export all`() async throws {
        let deployment = try Deployment()
        let reports = try (0..<20).map { _ in try Samples.text("nl-vi") }
        for report in reports {
            try await deployment.accept(report)
            try spoil(.firstBit, "inbox_body", report.envelope.bytes, in: deployment)
        }
        #expect(try deployment.closeNow().first?.spoiled.count == 4)
        let (report, read) = try deployment.export("nl-vi")
        #expect(report.damaged.isEmpty)
        #expect(reports.allSatisfy { read.envelopes[$0.tag] == $0.envelope.bytes })
    }

    @Test(arguments: ["shards = 0", "shards = 3", "shard = 200", "shard = -1"])
    func `a reply whose place is gone stops no close and no shard`(place: String) throws {
        let deployment = try Deployment()
        let desk = try #require(deployment.desks["nl-vi".id])
        try deployment.closeNow()
        try deployment.take(deployment.bundle([desk.reply(), desk.reply()]))
        try deployment.closeNow()
        try deployment.take(deployment.bundle([desk.reply()]))
        for (table, key) in [("reply", "position"), ("reply_inbox", "tag")] {
            try deployment.store.pool.write { database in
                let one = "SELECT MIN(\(key)) FROM \(table)"
                try database.execute(
                    sql: "UPDATE \(table) SET \(place) WHERE \(key) = (\(one))"
                )
                #expect(database.changesCount == 1)
            }
        }
        _ = try deployment.store.shards
        #expect(throws: StoreError.self) { try deployment.check() }
        try deployment.closeNow(deployment.today.adding(1))
        let lengths = try deployment.store.shards.map(\.count)
        #expect(Set(lengths).count == 1)
    }

    @Test func `a reply that was cut in the drop takes no shard from anybody`() throws {
        let deployment = try Deployment()
        let desk = try #require(deployment.desks["nl-vi".id])
        let (cut, whole) = (desk.reply(), desk.reply())
        try deployment.closeNow()
        try deployment.take(deployment.bundle([cut, whole]))
        try deployment.closeNow()
        let before = try deployment.store.shards.map(\.count)
        try spoil(.cut, "reply", cut.object, in: deployment)
        let shards = try deployment.store.shards
        #expect(shards.map(\.count) == before)
        let drops = try shards.map { try Drop(bytes: $0) }
        #expect(drops.compactMap { $0.envelope(whole.row.tag) } == [whole.object])
        #expect(drops.compactMap { $0.envelope(cut.row.tag) } != [cut.object])
        #expect(throws: StoreError.self) { try deployment.check() }
    }

    @Test func `an older directory's note that was spoiled is named and left out`() throws {
        let deployment = try Deployment()
        try deployment.closeNow()
        try deployment.install(deployment.directory(["nl-vi", "helpdesk"], serial: 2))
        let leaf = try #require(try deployment.leaves().first)
        try deployment.store.pool.write { database in
            let query = "SELECT note FROM directory WHERE digest = ?"
            let note = try #require(
                try Blob.fetchOne(database, sql: query, arguments: [Blob(leaf.digest)])
            )
            var bytes = note.bytes
            // A letter of a name: it reads as well as before.
            let place = try #require(bytes.firstRange(of: [UInt8]("De ".utf8))?.lowerBound)
            bytes[place] ^= 1
            try database.execute(
                sql: "UPDATE directory SET note = ? WHERE digest = ?",
                arguments: [Blob(bytes), Blob(leaf.digest)]
            )
        }
        let (report, read) = try deployment.export("nl-vi", from: 0)
        #expect(report.damaged == [0] && report.missing == 1 && read.directories.isEmpty)
    }
}
