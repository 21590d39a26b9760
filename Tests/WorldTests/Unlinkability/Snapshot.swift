@testable import IntakeStore

/// What whoever takes the server at one moment has: its database as rows, and as raw bytes with
/// SQLite's log beside it.
struct Snapshot {
    let name: String
    let tables: [KeptTable]
    let files: [KeptFile]

    init(_ name: String, of world: World) throws {
        self.name = name
        tables = try world.store.pool.read { try KeptTable.all(in: $0) }
        files = try ["intake.sqlite", "intake.sqlite-wal"].map { file in
            KeptFile(name: "\(name), \(file)", bytes: try world.folder.read(file))
        }
    }
}
