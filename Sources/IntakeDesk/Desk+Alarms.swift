import SealedIntake

extension Desk {
    /// What a person must know now: about the directory, the start of the log, what is missing,
    /// and what the log once showed that it must not.
    public func alarms(today: Day) throws(DeskError) -> [Alarm] {
        try vault.read { cells throws(DeskError) in try alarms(today: today, in: cells) }
    }

    func alarms(today: Day, in cells: VaultCells) throws(DeskError) -> [Alarm] {
        let trust = try DirectoryTrust(reading: cells, identity: identity)
        var alarms = trust.alarms(today: today)
        if let start = LogStart(setting: try cells.setting(.logStart)), !start.isAccepted {
            alarms.append(.startNotAccepted(start.before.size))
        }
        let gaps = try cells.records(GapRecord.self).map(\.record).filter { !$0.isFilled }
        if let first = gaps.min(by: { $0.leafIndex < $1.leafIndex }) {
            alarms.append(
                .objectsMissing(count: gaps.count, first: first.leafIndex, day: first.day)
            )
        }
        let lasting = try cells.records(AlarmRecord.self)
        return alarms + lasting.compactMap { Alarm($0.record, trustedSerial: trust.serial) }
    }
}
