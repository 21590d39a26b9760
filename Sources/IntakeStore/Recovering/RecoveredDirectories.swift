import GRDB
import SealedIntake

/// Makes sure that each directory which missing leaves name is held.
struct RecoveredDirectories {
    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    /// Takes older ones from `given`; one above that in force must be installed by itself.
    /// - Throws: ``StoreError/leaves(_:)`` with the lowest serial that is missing.
    func take(_ given: [VerifiedDirectory], for leaves: [Leaf]) throws {
        let held = try InstalledDirectory.all(in: database)
        let named = leaves.filter { $0.type == .directory }
            .sorted { ($0.number ?? 0) < ($1.number ?? 0) }
        for leaf in named where !held.contains(where: { $0.digest == leaf.digest }) {
            let serial = leaf.number ?? 0
            guard !held.contains(where: { $0.directory.serial == serial }) else {
                throw StoreError.leaves(.otherDirectory(serial))
            }
            guard serial < held.last?.directory.serial ?? 0 else {
                throw StoreError.leaves(.newDirectory(serial))
            }
            let found = given.first { $0.digest == leaf.digest && $0.directory.serial == serial }
            guard let found else {
                throw StoreError.leaves(.oldDirectory(serial))
            }
            try InstalledDirectory(found).insert(into: database)
        }
    }
}
