import Foundation
import IntakeConsole
import SealedIntake
import Stage
import Testing

@testable import IntakeDesk
@testable import IntakeStore

/// A whole deployment in one process, with a clock of its own: the real store in a real file, a
/// real vault for each organisation, sticks as files, and people who write and read.
final class World {
    static let deployment = ascii("briefje.example")
    /// The smallest decision tree: whatever was said, help.
    static let tree = ascii(
        "sealedintake/v1/tree\nfrom 2026-01-01\ntexts nl "
            + String(repeating: "00", count: 32) + "\nquestion rol one\n"
            + "answer leerling to o40\noutcome o40 help 1\n"
    )

    let plan: WorldPlan
    let folder: WorldFolder
    private(set) var logKey: LogKey
    /// Signs promises, which no world keeps.
    let promiseKey: NoteSigner
    let rootKeys = PaperRoots()
    let mark: HighWaterMark
    private(set) var store: Store
    private(set) var desks: [OrganisationID: Desk] = [:]
    private(set) var serial: UInt64 = 0
    /// The day it is.
    var today: Day
    /// The log keys that the next directory lists, newest first.
    var listedLogKeys: [VerifierKey] = []
    /// The `desk` lines of vaults that were before the ones there are now.
    private(set) var retiredDesks: [OrganisationID: [String]] = [:]

    /// No world is older.
    static let firstDay = Day(unixSeconds: 0)

    init(_ plan: WorldPlan = .usual, today: String = "2026-01-20") throws {
        self.plan = plan
        self.today = try #require(Day(text: ascii(today)))
        folder = try WorldFolder()
        logKey = .random(deployment: Self.deployment)
        listedLogKeys = [logKey.verifierKey]
        promiseKey = NoteSigner(
            name: Directory.promiseKeyName(Self.deployment),
            pair: .random()
        )
        mark = HighWaterMark(path: folder.file("high-water"))
        let path = folder.file("intake.sqlite")
        let first = try Store.create(
            at: path,
            deployment: Self.deployment,
            logKey: logKey,
            today: self.today
        )
        try mark.write(first)
        store = try Store.open(at: path)
        for listed in plan.organisations { desks[listed.id] = try makeDesk(listed.id) }
        try installDirectory()
    }

    deinit { try? store.close() }

    var ids: [OrganisationID] { plan.organisations.map(\.id) }

    var roots: [UInt8] { rootKeys.file }

    func desk(_ id: OrganisationID) throws -> Desk { try #require(desks[id]) }

    /// The directory in force.
    var directory: Directory {
        get throws { try #require(store.publication.directory).directory }
    }

    /// Signs and installs the next directory, with the keys that the desks have now.
    func installDirectory(validDays: UInt32 = 90) throws {
        serial += 1
        var directory = PaperDirectory(
            deployment: Self.deployment,
            log: logKey.verifierKey,
            promise: promiseKey.verifierKey
        )
        directory.serial = serial
        (directory.issued, directory.expires) = (today, today.adding(validDays))
        directory.logKeys = listedLogKeys
        (directory.shards, directory.work) = (plan.shards, plan.work)
        directory.tree = Digest(of: Self.tree)
        directory.listings = try plan.organisations.map { listed in
            PaperListing(
                id: listed.name,
                name: "Organisatie \(listed.name)",
                keys: try desk(listed.id).directoryLines() + (retiredDesks[listed.id] ?? []),
                batch: listed.batch,
                escalation: listed.escalation.map { "\($0.name) after \($0.days)" } ?? "none"
            )
        }
        try store.install(
            directory: rootKeys.sign(directory.text).bytes,
            roots: try Roots(bytes: roots),
            logKey: logKey.verifierKey,
            today: today
        )
    }

    private func makeDesk(_ id: OrganisationID, vault: String? = nil) throws -> Desk {
        let epochs = (1...12).map { today.adding(UInt32($0) * 91) }
        return try Desk.create(
            vault: folder.file(vault ?? "\(id).vault"),
            passphrase: Self.passphrase(),
            plan: DeskPlan(
                organisation: id,
                deployment: Self.deployment,
                roots: roots,
                epochs: epochs,
                cost: .least
            )
        )
    }

    static func passphrase() -> SecretBytes { SecretBytes(copying: ascii("a b c d e f")) }

    /// Signs the log with another key from now on.
    func sign(with key: LogKey) throws {
        try store.check(key)
        logKey = key
    }

    /// Gives an organisation a new vault with keys of its own; the one before is returned.
    func renewDesk(_ id: OrganisationID) throws -> Desk {
        let before = try desk(id)
        retiredDesks[id, default: []] += try before.directoryLines()
            .filter { $0.hasPrefix("desk ") }
        desks[id] = try makeDesk(id, vault: "\(id)-2.vault")
        return before
    }

    /// Opens the file of the store, which was closed.
    func replaceStore() throws {
        store = try Store.open(at: folder.file("intake.sqlite"))
    }

    /// A stamp of this hour that is worth what is asked of an organisation.
    func stamp(worthAllOf id: OrganisationID) throws -> Stamp {
        let challenge = try store.challenge(at: now)
        let place = try #require(try directory.organisations.firstIndex { $0.id == id })
        var search = StampSearch(
            organisation: id,
            hour: challenge.hour,
            challenge: challenge.bytesToSolve,
            tries: challenge.tries[place]
        )
        return try search.finish()
    }

    /// A stamp of the hour that holds a moment of Unix time: where a directory asks one try only,
    /// any numbers will do.
    func stamp(at seconds: UInt64? = nil) -> Stamp {
        let hour = UInt32((seconds ?? now) / 3600)
        return Stamp(hour: hour, ticket: .random(), nonces: [0, 0, 0, 0])
    }

    /// Copies the store as a backup would.
    func backUpStore() throws {
        try store.close()
        try folder.copy("intake.sqlite", to: "backup.sqlite")
        try replaceStore()
    }

    /// Puts the copy of the store back; the high-water mark stays as it is.
    func restoreStore() throws {
        try store.close()
        for part in ["-wal", "-shm"] { try folder.remove("intake.sqlite" + part) }
        try folder.copy("backup.sqlite", to: "intake.sqlite")
        try replaceStore()
    }

    func backUpDesk(_ id: OrganisationID) throws {
        try reopenDesk(id) { try folder.copy("\(id).vault", to: "\(id).copy") }
    }

    func restoreDesk(_ id: OrganisationID) throws {
        try reopenDesk(id) { try folder.copy("\(id).copy", to: "\(id).vault") }
    }

    private func reopenDesk(_ id: OrganisationID, _ whileClosed: () throws -> Void) throws {
        desks[id] = nil
        try whileClosed()
        desks[id] = try Desk.open(
            vault: folder.file("\(id).vault"),
            passphrase: Self.passphrase(),
            access: .writing
        )
    }
}

extension World {
    /// Lets days pass; each is closed at night.
    func pass(days: Int = 1) throws {
        for _ in 0..<days {
            today = today.adding(1)
            try store.explain(past: today.previous, at: now)
            _ = try store.closePastDays(at: now, logKey: logKey, mark: mark)
        }
    }

    /// Noon of today.
    var now: UInt64 { UInt64(today.number) * 86_400 + 43_200 }

    /// Writes the stick for a desk and gives its path.
    func stickIn(_ id: OrganisationID, from: UInt64? = nil) throws -> String {
        let path = folder.file("\(id).in")
        _ = try store.export(for: id, from: from, to: path, logKey: logKey)
        return path
    }

    /// What a desk does with a stick.
    @discardableResult
    func take(_ path: String, at id: OrganisationID) throws -> ImportOutcome {
        let desk = try desk(id)
        let note = try #require(store.publication.directory).note
        let isFirst = try desk.vault.read { cells in
            try cells.setting(.directory)
        }.isEmpty
        let options = ImportOptions(today: today, directory: isFirst ? note.bytes : nil)
        return try desk.take(bundle: path, options: options)
    }

    /// The desk writes its stick.
    func stickOut(_ id: OrganisationID) throws -> String {
        let path = folder.file("\(id).out")
        _ = try desk(id).export(to: path, today: today)
        return path
    }

    @discardableResult
    func bringBack(_ path: String) throws -> ImportReport {
        try store.take { try FileSource(path: path) }
    }

    /// One whole round of the courier.
    @discardableResult
    func carry(_ id: OrganisationID) throws -> ImportOutcome {
        let outcome = try take(try stickIn(id), at: id)
        try bringBack(try stickOut(id))
        return outcome
    }

    func check() throws {
        _ = try store.check(logKey: logKey, roots: try Roots(bytes: roots), mark: mark)
    }
}
