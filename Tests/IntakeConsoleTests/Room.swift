import Foundation
import Testing

/// A folder of a test's own, taken away at the end.
final class Room {
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "intake-files-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func callAsFunction(_ name: String) -> String { path + "/" + name }

    /// Puts a plain file there.
    @discardableResult
    func put(_ text: String, _ name: String) throws -> String {
        try Data(text.utf8).write(to: URL(filePath: self(name)))
        return self(name)
    }

    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: self(name))), as: UTF8.self)
    }

    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }

    /// Everything that may be planted under a name; devices only where we may make some.
    enum Planted: String, CaseIterable {
        case link, deadLink, pipe, folder, device, socket
    }

    /// Plants something; false where the system does not let us.
    func plant(_ planted: Planted, _ name: String, to victim: String = "victim") throws -> Bool {
        switch planted {
        case .link, .deadLink:
            let target = planted == .link ? self(victim) : self("nowhere")
            try #require(symlink(target, self(name)) == 0)
        case .pipe: try #require(mkfifo(self(name), 0o600) == 0)
        case .folder: try #require(mkdir(self(name), 0o700) == 0)
        case .device: return mknod(self(name), S_IFCHR | 0o600, 0x0103) == 0
        case .socket:
            let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(descriptor) }
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            let bytes = Array(self(name).utf8)
            guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
            let bound = withUnsafePointer(to: &address) { address in
                address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            try #require(bound == 0)
        }
        return true
    }

    /// What lies there, in a word; nil for nothing.
    func kind(_ name: String) -> UInt32? {
        var found = stat()
        guard lstat(self(name), &found) == 0 else { return nil }
        return found.st_mode & S_IFMT
    }
}
