import SealedIntake

extension Desk {
    /// Cosigns the newest checkpoint taken, unless something keeps this desk from it: a start that
    /// nobody accepted, an object of its own that is missing, or a witness that is.
    /// - Returns: the size cosigned now.
    func cosign(
        trust: DirectoryTrust,
        in cells: VaultCells,
        today: Day
    ) throws -> UInt64 {
        let checkpoints = try Checkpoints(reading: cells)
        let isStartAccepted = LogStart(setting: try cells.setting(.logStart))?.isAccepted ?? false
        let isMissing = try cells.records(GapRecord.self).contains { $0.record.isOpen }
        let witnesses = try missingWitnesses(trust: trust, in: cells)
        guard isStartAccepted, !isMissing, witnesses.isEmpty else {
            return checkpoints.cosignedSize
        }
        return try checkpoints.cosign(identity, in: cells, today: today)
    }

    /// The organisations whose witness is missing, with the size it must have.
    func missingWitnesses(
        trust: DirectoryTrust,
        in cells: VaultCells
    ) throws -> [(organisation: OrganisationID, size: UInt64)] {
        guard let directory = trust.trusted?.directory else { return [] }
        return try WitnessBook(reading: cells).missing(in: directory, besides: organisation)
    }
}
