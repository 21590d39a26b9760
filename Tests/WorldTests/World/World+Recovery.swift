import IntakeConsole
import SealedIntake

@testable import IntakeDesk
@testable import IntakeStore

extension World {
    /// Brings the leaves of a desk to the server.
    @discardableResult
    func recover(from id: OrganisationID) throws -> RecoveryReport {
        let path = folder.file("\(id).leaves")
        _ = try desk(id).exportLeaves(to: path, today: today)
        return try store.recover(
            leaves: { try FileSource(path: path) },
            today: today,
            logKey: logKey,
            mark: mark
        )
    }

    /// How many leaves a desk holds: what it asks the operator to export from.
    func held(by id: OrganisationID) throws -> UInt64 {
        try desk(id).vault.read { cells in try HeldLog(reading: cells).run.end }
    }
}
