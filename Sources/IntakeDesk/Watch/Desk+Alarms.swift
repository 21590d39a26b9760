import SealedIntake

extension Desk {
    /// What a person must know now: about the directory, the start of the log, what is missing or
    /// waits too long, and what the log once showed that it must not.
    public func alarms(today: Day) throws -> [Alarm] {
        try read { books in try alarms(today: today, in: books) }
    }

    func alarms(today: Day, in books: Books) throws -> [Alarm] {
        let trust = try books.trust()
        let lasting = try books.cells.records(AlarmRecord.self).compactMap {
            Alarm($0.record, trustedSerial: trust.serial)
        }
        let contradictions = try books.cells.contradictions().map { entry in
            Alarm.contradiction(
                file: ProofFile.path(beside: vault.path, digest: entry.digest),
                older: entry.numbers[0],
                newer: entry.numbers[1]
            )
        }
        return contradictions + lasting + (try passingAlarms(today: today, in: books))
    }

    /// Those that go when their cause does.
    private func passingAlarms(today: Day, in books: Books) throws -> [Alarm] {
        var alarms = try books.trust().alarms(today: today)
        if let doubt = try books.clockDoubt(today: today) { alarms.append(.clock(doubt)) }
        if let start = try books.logStart(), !start.isAccepted {
            alarms.append(.startNotAccepted(start.before.size))
        }
        let missing = try Self.missing(in: books)
        if let first = missing.first {
            alarms.append(.objectsMissing(count: missing.count, first: first))
        }
        let names = try books.names()
        for (other, size) in try missingWitnesses(in: books) {
            let name = names.name(of: other)
            alarms.append(.witnessMissing(organisation: other, name: name, size: size))
        }
        let silence = Silence(setting: try books.cells.setting(.silence))
        if let overdue = silence.overdue(today: today) { alarms.append(.silence(overdue)) }
        return alarms
    }
}
