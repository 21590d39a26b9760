import Foundation
import SealedIntake
import Testing

@testable import IntakeAudit
@testable import IntakeDesk
@testable import IntakeStore

extension World {
    /// What an audit of all that is public now finds wrong first.
    func audit() throws -> [Catch] {
        let path = folder.file("audit")
        try? FileManager.default.removeItem(atPath: path)
        for name in ["log", "drop"] {
            try FileManager.default.createDirectory(
                atPath: path + "/" + name,
                withIntermediateDirectories: true
            )
        }
        let publication = store.publication
        for month in publication.monthsWithLeaves {
            let bytes = try #require(publication.month(month, today: today))
            _ = try folder.write(bytes, "audit/log/\(month.description)")
        }
        for (shard, bytes) in try store.shards.enumerated() {
            _ = try folder.write(bytes, "audit/" + AuditFolder.shard(shard))
        }
        _ = try folder.write(publication.checkpoints, "audit/log/checkpoint")
        let directories = try store.pool.read { try InstalledDirectory.all(in: $0) }
        for installed in directories.dropLast() {
            let name = "audit/directory-\(installed.directory.serial)"
            _ = try folder.write(installed.note.bytes, name)
        }
        _ = try folder.write(try #require(directories.last).note.bytes, "audit/directory")
        let roots = try folder.write(self.roots, "audit/roots")
        do {
            _ = try Audit(folder: path, roots: [roots]).run(today: today)
            return []
        } catch let error as AuditError {
            return [.auditNames(error.word)]
        }
    }
}
