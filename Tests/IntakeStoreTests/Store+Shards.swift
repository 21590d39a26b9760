@testable import IntakeStore

extension Store {
    /// The files of all shards of the drop.
    var shards: [[UInt8]] {
        get throws {
            var files: [[UInt8]] = []
            while let shard = try shard(files.count) {
                var file: [UInt8] = []
                for number in 0..<shard.partCount { file += try shard.part(number) }
                files.append(file)
            }
            return files
        }
    }
}
