import SealedIntake

extension Desk {
    /// What a person must know now: about the directory, the start of the log, what is missing or
    /// waits too long, and what the log once showed that it must not.
    public func alarms(today: Day) throws -> [Alarm] {
        try vault.read { cells in try alarms(today: today, in: cells) }
    }

    func alarms(today: Day, in cells: VaultCells) throws -> [Alarm] {
        let trust = try DirectoryTrust(reading: cells, identity: identity)
        let passing = try passingAlarms(today: today, trust: trust, in: cells)
        let lasting = try cells.records(AlarmRecord.self).compactMap {
            Alarm($0.record, trustedSerial: trust.serial)
        }
        let contradictions = try cells.contradictions().map { entry in
            Alarm.contradiction(
                file: ProofFile.path(beside: vault.path, digest: entry.digest),
                older: entry.numbers[0],
                newer: entry.numbers[1]
            )
        }
        return contradictions + lasting + passing
    }

    /// Those that go when their cause does.
    private func passingAlarms(
        today: Day,
        trust: DirectoryTrust,
        in cells: VaultCells
    ) throws -> [Alarm] {
        var alarms = trust.alarms(today: today)
        if let start = LogStart(setting: try cells.setting(.logStart)), !start.isAccepted {
            alarms.append(.startNotAccepted(start.before.size))
        }
        let missing = try Self.missing(in: cells)
        if let first = missing.first {
            alarms.append(.objectsMissing(count: missing.count, first: first))
        }
        let names = OrganisationNames(trust.trusted?.directory)
        for (other, size) in try missingWitnesses(trust: trust, in: cells) {
            let name = names.name(of: other)
            alarms.append(.witnessMissing(organisation: other, name: name, size: size))
        }
        let silence = Silence(setting: try cells.setting(.silence))
        if let overdue = silence.overdue(today: today) { alarms.append(.silence(overdue)) }
        return alarms
    }
}
