import SealedIntake

/// What one transaction of the vault has read: each book once, handed down to whoever needs it.
///
/// Who changes a book keeps it here, which writes it too. So nobody reads what another is about to
/// change, and a directory's roots are verified once.
final class Books {
    /// The books themselves, as far as they were read.
    struct Kept: Sendable {
        fileprivate(set) var log: HeldLog?
        fileprivate(set) var trust: DirectoryTrust?
        fileprivate(set) var checkpoints: Checkpoints?
        fileprivate(set) var witnesses: WitnessBook?
    }

    let cells: VaultCells
    let identity: DeskIdentity

    /// What was read, for the next transaction of the same command: nobody else writes between.
    private(set) var kept: Kept

    init(_ cells: VaultCells, identity: DeskIdentity, kept: Kept = Kept()) {
        self.cells = cells
        self.identity = identity
        self.kept = kept
    }

    /// The leaves held.
    func log() throws -> HeldLog {
        try read(\.log) { try HeldLog(reading: cells) }
    }

    /// The directory believed.
    func trust() throws -> DirectoryTrust {
        try read(\.trust) { try DirectoryTrust(reading: cells, identity: identity) }
    }

    /// The newest checkpoint taken, and the newest cosigned.
    func checkpoints() throws -> Checkpoints {
        try read(\.checkpoints) { try Checkpoints(reading: cells) }
    }

    /// How far other desks were seen to cosign.
    func witnesses() throws -> WitnessBook {
        try read(\.witnesses) { try WitnessBook(reading: cells) }
    }

    /// The newest day of the log held; nil before the first close taken.
    func newestDay() throws -> Day? {
        if let log = kept.log { return log.run.newestDay }
        let last = try cells.lastRow(of: .leaves)
        for row in stride(from: last, to: 0, by: -1) {
            if let day = try cells.record(LeavesRecord.self, at: row).run.newestDay { return day }
        }
        return nil
    }

    /// What speaks against this machine's clock; nil where nothing does.
    func clockDoubt(today: Day) throws -> ClockDoubtError? {
        let issued = try trust().trusted?.directory.issued
        // Where the leaves do not open, that is told by itself.
        return ClockDoubtError(clock: today, issued: issued, log: try? newestDay())
    }

    /// Refuses work that bears a day where the clock cannot be right.
    ///
    /// `isTyped` says that a person typed the day: then a log that is ahead is no reason.
    /// - Throws: ``ClockDoubtError``.
    func checkClock(today: Day, isTyped: Bool) throws {
        guard let doubt = try clockDoubt(today: today) else { return }
        if case .logAhead = doubt, isTyped { return }
        throw doubt
    }

    /// The directory trusted.
    /// - Throws: ``NothingImportedError`` before the first import.
    func directory() throws -> Directory {
        guard let trusted = try trust().trusted else { throw NothingImportedError() }
        return trusted.directory
    }

    /// What organisations are called, as the directory trusted says.
    func names() throws -> OrganisationNames {
        OrganisationNames(try trust().trusted?.directory)
    }

    /// Where the log of this desk begins; nil before the first import.
    func logStart() throws -> LogStart? { LogStart(setting: try cells.setting(.logStart)) }

    /// Objects of ours that the log names and no bundle brought, accepted losses left out.
    func openMissing() throws -> [MissingRecord] {
        try cells.records(MissingRecord.self).map(\.record).filter(\.isOpen)
    }

    /// Keeps the leaves that a bundle added and where they begin.
    func keep(_ log: HeldLog, adding added: LogExtension, start: LogStart) throws {
        for record in added.pieces.flatMap(LeavesRecord.records) { _ = try cells.append(record) }
        try cells.set(.logStart, to: start.bytes)
        kept.log = log
    }

    /// Erases leaves of months long past; those held are read anew then.
    func erase(_ erasure: Erasure, today: Day) throws {
        try erasure.erase(in: cells, today: today)
        kept.log = nil
    }

    /// Keeps the directory believed.
    func keep(_ trust: DirectoryTrust) throws {
        if let trusted = trust.trusted { try cells.set(.directory, to: trusted.note.bytes) }
        kept.trust = trust
    }

    /// Keeps a checkpoint that was taken, if it is newer.
    func take(_ note: SignedNote) throws {
        let taken = try checkpoints().taking(note)
        try taken.keep(in: cells)
        kept.checkpoints = taken
    }

    /// Cosigns the newest checkpoint taken, unless that was done.
    /// - Returns: the size cosigned now.
    func cosign(today: Day) throws -> UInt64 {
        let cosigned = try checkpoints().cosigning(identity, in: cells, today: today)
        kept.checkpoints = cosigned
        return cosigned.cosignedSize
    }

    /// Keeps how far other desks were seen to cosign.
    func keep(_ witnesses: WitnessBook) throws {
        try witnesses.keep(in: cells)
        kept.witnesses = witnesses
    }

    private func read<Book>(
        _ place: WritableKeyPath<Kept, Book?>,
        _ body: () throws -> Book
    ) throws -> Book {
        if let book = kept[keyPath: place] { return book }
        let book = try body()
        kept[keyPath: place] = book
        return book
    }
}

extension Desk {
    /// Reads in one transaction.
    func read<Value>(_ body: (Books) throws -> Value) throws -> Value {
        try vault.read { cells in try body(Books(cells, identity: identity)) }
    }

    /// Writes in one transaction, which either happens whole or leaves the vault as it was.
    func write<Value>(
        _ kept: Books.Kept = Books.Kept(),
        _ body: (Books) throws -> Value
    ) throws -> Value {
        try vault.write { cells in try body(Books(cells, identity: identity, kept: kept)) }
    }
}
