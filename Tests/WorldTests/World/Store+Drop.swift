@testable import IntakeStore

extension Store {
    /// The file of one shard of the drop, or nil beyond the last.
    func shardFile(_ number: Int) throws -> [UInt8]? {
        guard let shard = try shard(number) else { return nil }
        // Appended whole: one byte at a time, a year of honest life waits for nothing else.
        return try (0..<shard.partCount).reduce(into: []) { $0 += try shard.part($1) }
    }

    /// The files of all shards of the drop.
    var shards: [[UInt8]] {
        get throws {
            var files: [[UInt8]] = []
            while let file = try shardFile(files.count) { files.append(file) }
            return files
        }
    }
}
