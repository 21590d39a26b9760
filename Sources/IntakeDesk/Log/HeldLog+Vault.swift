import SealedIntake

extension HeldLog {
    /// Reads all leaves of a vault.
    init(reading cells: VaultCells) throws {
        try self.init(
            pieces: cells.records(LeavesRecord.self).map(\.record.run),
            start: LogStart(setting: cells.setting(.logStart))
        )
    }
}

extension LogStart {
    /// Where the leaves begin once a bundle is taken, and whether that is accepted now.
    /// - Throws: ``ContainerError/otherStart(given:found:)``.
    init(of added: LogExtension, held: HeldLog, accepted: UInt64?) throws {
        if let accepted, accepted != added.start.size {
            throw ContainerError.otherStart(given: accepted, found: added.start.size)
        }
        let wasAccepted = held.hasBegun && held.isAccepted && held.run.before == added.start
        self.init(
            before: added.start,
            isAccepted: accepted != nil || wasAccepted,
            isErased: held.isErased
        )
    }
}
