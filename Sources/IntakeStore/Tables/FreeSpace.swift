import Foundation
import Synchronization

/// Whether the file system of the store has room, looked at once a second at most.
public final class FreeSpace: Sendable {
    private struct Look {
        var second: UInt64
        var isEnough: Bool
    }

    private let path: String
    private let least: UInt64
    private let measure: @Sendable (String) -> UInt64?
    private let look = Mutex<Look?>(nil)

    /// `measure` gives the free bytes at a path.
    init(path: String, least: UInt64, measure: @escaping @Sendable (String) -> UInt64?) {
        self.path = path
        self.least = least
        self.measure = measure
    }

    /// The free bytes now; nil where the file system does not say.
    var bytes: UInt64? { measure(path) }

    /// Whether there is room at a second of Unix time; where the file system does not say there is.
    func isEnough(at second: UInt64) -> Bool {
        look.withLock { look in
            if let look, look.second == second { return look.isEnough }
            let isEnough = measure(path).map { $0 >= least } ?? true
            look = Look(second: second, isEnough: isEnough)
            return isEnough
        }
    }

    /// The bytes that the file system of a path gives to anybody.
    public static func measure(_ path: String) -> UInt64? {
        var answer = statvfs()
        guard statvfs(path, &answer) == 0 else { return nil }
        return UInt64(answer.f_bavail) * UInt64(answer.f_frsize)
    }
}
