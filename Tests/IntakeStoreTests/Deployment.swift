import Foundation
import GRDB
import SealedIntake
import Stage
import Testing

@testable import IntakeStore

/// A real store in a folder of its own, with keys for everybody around it.
final class Deployment: Sendable {
    static let name = [UInt8]("intake.test".utf8)

    let folder: URL
    let logKey: LogKey
    let promiseKey: PromiseKey
    let rootKeys: PaperRoots
    let desks: [OrganisationID: PaperOrganisation]
    let store: Store
    let today: Day

    /// Makes the store and installs a directory of `organisations`.
    init(
        organisations: [String] = ["nl-vi", "helpdesk"],
        batch: Int = 4,
        shards: Int = 2,
        today: String = "2026-03-10",
        escalations: [String: String] = [:],
        work: UInt16 = 4096,
        limits: Limits = .withoutStamps,
        surroundings: Surroundings = Surroundings()
    ) throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "intake-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        logKey = .random(deployment: Self.name)
        promiseKey = .random(deployment: Self.name)
        rootKeys = PaperRoots()
        self.today = try #require(Day(text: [UInt8](today.utf8)))
        desks = organisations.map { PaperOrganisation($0, of: Self.name) }
            .reduce(into: [:]) { $0[$1.id] = $1 }
        let path = folder.appending(path: "intake.sqlite").path
        let first = try Store.create(
            at: path,
            deployment: Self.name,
            logKey: logKey,
            today: self.today
        )
        try HighWaterMark(path: folder.appending(path: "high-water").path).write(first)
        store = try Store.open(at: path, limits: limits, surroundings: surroundings)
        try install(
            directory(
                organisations,
                batch: batch,
                shards: shards,
                work: work,
                escalations: escalations
            )
        )
    }

    /// A backup of a store as it is now, under the same keys and with the same mark, in a folder of
    /// its own.
    init(copyOf other: Deployment) throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "intake-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        (logKey, promiseKey, rootKeys) = (other.logKey, other.promiseKey, other.rootKeys)
        (desks, today) = (other.desks, other.today)
        let path = folder.appending(path: "intake.sqlite").path
        try other.store.pool.writeWithoutTransaction { database in
            try database.execute(sql: "VACUUM INTO ?", arguments: [path])
        }
        store = try Store.open(at: path, limits: .withoutStamps)
        try mark.write(try other.mark.read(logKey: logKey))
    }

    deinit {
        try? store.close()
        try? FileManager.default.removeItem(at: folder)
    }

    var path: String { folder.appending(path: "intake.sqlite").path }
    var mark: HighWaterMark {
        HighWaterMark(path: folder.appending(path: "high-water").path)
    }

    /// Another process's view of the same file.
    func another() throws -> Store { try Store.open(at: path, limits: .withoutStamps) }

    /// The text of a directory; `escalations` says `ID after DAYS` for those that have one.
    func directory(
        _ organisations: [String],
        serial: Int = 1,
        batch: Int = 4,
        shards: Int = 2,
        work: UInt16 = 4096,
        issued: String = "2026-01-01",
        expires: String = "2031-01-01",
        escalations: [String: String] = [:]
    ) throws -> String {
        var directory = PaperDirectory(
            deployment: Self.name,
            log: logKey.verifierKey,
            promise: promiseKey.verifierKey
        )
        directory.serial = UInt64(serial)
        (directory.issued, directory.expires) = (try issued.day, try expires.day)
        (directory.shards, directory.work) = (shards, work)
        directory.listings = try organisations.map { name in
            let desk = try #require(desks[name.id])
            var listing = desk.listing(until: try "2027-06-01".day)
            listing.batch = batch
            listing.escalation = escalations[name] ?? "none"
            return listing
        }
        return directory.text.string
    }

    var roots: Roots {
        get throws { try Roots(bytes: rootKeys.file) }
    }

    /// Signs and installs a directory.
    func install(_ text: String, today: Day? = nil) throws {
        try store.install(
            directory: rootKeys.sign([UInt8](text.utf8)).bytes,
            roots: roots,
            logKey: logKey.verifierKey,
            today: today ?? self.today
        )
    }

    @discardableResult
    func closeNow(_ day: Day? = nil) throws -> [ClosedDay] {
        try store.closeNow(today: day ?? today, logKey: logKey, mark: mark)
    }

    @discardableResult
    func closePast(_ day: Day) throws -> [ClosedDay] {
        try store.closePastDays(today: day, logKey: logKey, mark: mark)
    }

    func check() throws -> CheckReport {
        try store.check(logKey: logKey, roots: roots, mark: mark)
    }

    /// Noon of a day.
    func noon(_ day: Day? = nil) -> UInt64 { UInt64((day ?? today).number) * 86_400 + 43_200 }

    /// Stores a submission at noon of a day; a piece past the door, which takes none yet.
    @discardableResult
    func accept(_ submission: Submission, on day: Day? = nil) async throws -> Acceptance {
        guard submission.envelope.envelopeClass == .text else {
            return try await store.groupCommit.accept(Incoming(submission), day: day ?? today)
        }
        return try await store.accept(submission, at: noon(day))
    }

    /// Submits one envelope under so many tags to nl-vi at noon; how many were stored.
    @discardableResult
    func flood(_ count: Int) async throws -> Int {
        let (organisation, envelope) = (try "nl-vi".id, try Samples.envelope())
        let (store, second) = (store, noon())
        return try await withThrowingTaskGroup(of: Int.self) { group in
            for first in 0..<50 {
                group.addTask {
                    var stored = 0
                    for _ in stride(from: first, to: count, by: 50) {
                        let text = Submission(
                            organisation: organisation,
                            tag: .random(),
                            stamp: .random(),
                            envelope: envelope
                        )
                        if case .stored = try await store.accept(text, at: second) { stored += 1 }
                    }
                    return stored
                }
            }
            return try await group.reduce(0, +)
        }
    }

    /// The newest checkpoint.
    func newest() throws -> VerifiedCheckpoint {
        let stored = try store.pool.read { try StoredCheckpoint.newest(in: $0) }
        return try logKey.verified(stored.note)
    }

    /// A checkpoint that the log signed of a tree that this store never had.
    func forged(size: UInt64? = nil) throws -> VerifiedCheckpoint {
        let size = try size ?? newest().checkpoint.size
        return try logKey.verified(logKey.signer.checkpoint(size: size, root: Digest(of: [1])))
    }

    /// Takes an out-bundle that lies in memory.
    @discardableResult
    func take(_ bundle: [UInt8]) throws -> ImportReport {
        try store.take { ArraySource(bundle) }
    }

    /// An out-bundle over the newest checkpoint, or over another.
    func bundle(
        of organisation: String = "nl-vi",
        _ replies: [(row: OutRow, object: [UInt8])] = [],
        over checkpoint: VerifiedCheckpoint? = nil,
        acknowledges: Bool = true,
        have: UInt64? = nil,
        shards: UInt32? = nil,
        on day: Day? = nil
    ) throws -> [UInt8] {
        let desk = try #require(desks[organisation.id])
        let checkpoint = try checkpoint ?? newest()
        let note = desk.signer.cosigning(checkpoint.note, day: day ?? today)
        let cosigned = try acknowledges ? logKey.verified(note) : checkpoint
        let plain = checkpoint.checkpoint
        let rows = OutBundle.sorted(replies.map(\.row))
        let head = OutBundle.head(
            checkpoint: cosigned,
            organisation: desk.id,
            have: have ?? plain.size,
            shards: shards ?? store.publication.directory?.directory.shards ?? 1,
            acknowledgement: acknowledges ? .init(size: plain.size, root: plain.root) : .none,
            rows: rows,
            signer: desk.signer
        )
        return rows.reduce(into: head) { bytes, row in
            bytes += replies.first { $0.row == row }?.object ?? []
        }
    }

    /// All leaves of the log, or those from a position on.
    func leaves(from first: UInt64 = 0) throws -> [Leaf] {
        var leaves: [Leaf] = []
        try store.pool.read { database in
            let size = try StoredCheckpoint.newest(in: database).tree.size
            try LogReader(database).leaves(from: first, to: size) { _, leaf in leaves.append(leaf) }
        }
        return leaves
    }

    func count(_ table: String) throws -> Int {
        try store.pool.read { database in
            try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM \(table)") ?? -1
        }
    }

    /// Every value of every row, in no order: alike means nothing changed.
    func contents() throws -> [String] {
        try store.pool.read { database in
            let tables = try String.fetchAll(
                database,
                sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
            )
            return try tables.flatMap { table in
                try Row.fetchAll(database, sql: "SELECT * FROM \(table)")
                    .map { row in "\(table) \(row.map(\.1).hashValue)" }.sorted()
            }
        }
    }
}

extension Limits {
    /// Nobody who tests something else has to work.
    static var withoutStamps: Limits {
        var limits = Limits()
        limits.asksWork = false
        return limits
    }
}

extension [UInt8] {
    var string: String { String(decoding: self, as: UTF8.self) }
}

extension String {
    var id: OrganisationID {
        get throws { try #require(OrganisationID(ascii: [UInt8](utf8))) }
    }

    var day: Day {
        get throws { try #require(Day(text: [UInt8](utf8))) }
    }
}
