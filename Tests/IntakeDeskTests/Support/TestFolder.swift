import Foundation

/// A folder of a test's own, gone with it.
final class TestFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "intake-desk-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String) -> String { path + "/" + name }

    func write(_ bytes: [UInt8], _ name: String) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
        return file(name)
    }

    func read(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: file(name))))
    }

    func makeFolders(_ names: String...) throws {
        for name in names {
            try FileManager.default.createDirectory(
                atPath: file(name),
                withIntermediateDirectories: true
            )
        }
    }

    func remove(_ name: String) {
        try? FileManager.default.removeItem(atPath: file(name))
    }

    func names(_ name: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: file(name))
    }

    /// Every byte of every file in the folder, by name.
    func contents() throws -> [String: [UInt8]] {
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
        return try names.reduce(into: [:]) { $0[$1] = try read($1) }
    }
}
