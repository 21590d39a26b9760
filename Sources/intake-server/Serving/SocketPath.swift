import Foundation

/// The path of a Unix socket to serve at.
enum SocketPath {
    /// Refuses a path at which somebody listens: a second server would take it away from the first,
    /// which would go on unheard, and at its end take it away from the second.
    ///
    /// One that is too busy to let anybody in is there too; it is not waited for.
    /// - Throws: ``CommandError``.
    static func check(_ path: String) throws {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let found = withUnsafePointer(to: address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard found != 0, errno != EAGAIN else {
            throw CommandError("somebody listens at \"\(path)\", that server must be stopped first")
        }
    }
}
