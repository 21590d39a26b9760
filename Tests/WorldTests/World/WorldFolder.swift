import Foundation

/// A folder of one world's own, gone with it.
final class WorldFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "intake-world-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    func read(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: file(name))))
    }

    func write(_ bytes: [UInt8], _ name: String) throws -> String {
        try Data(bytes).write(to: URL(filePath: file(name)))
        return file(name)
    }

    func remove(_ name: String) throws {
        guard FileManager.default.fileExists(atPath: file(name)) else { return }
        try FileManager.default.removeItem(atPath: file(name))
    }

    func copy(_ name: String, to other: String) throws {
        try remove(other)
        try FileManager.default.copyItem(atPath: file(name), toPath: file(other))
    }
}
