@testable import IntakeStore

extension Store {
    /// The files of all shards of the drop.
    var shards: [[UInt8]] {
        get throws {
            var files: [[UInt8]] = []
            while let shard = try shard(files.count) {
                let parts = try (0..<shard.partCount).map { number in try shard.part(number) }
                files.append([UInt8](parts.joined()))
            }
            return files
        }
    }
}
