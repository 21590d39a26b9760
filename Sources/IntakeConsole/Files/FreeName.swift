import Foundation

/// Linux's renaming that replaces nothing, in one step: a file never has two names, one of which
/// would stay where a command is killed in between.
enum FreeName {
    private typealias Call =
        @convention(c) (
            Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32
        ) -> Int32

    /// `RENAME_NOREPLACE`.
    private static let replacesNothing: UInt32 = 1

    /// Swift does not show this call of the C library, which is looked up once.
    private static let call: Call? = dlsym(nil, "renameat2").map {
        unsafeBitCast($0, to: Call.self)
    }

    /// Gives a file of a folder another name there: 0, or -1 and `errno`, which is `EEXIST` where
    /// something has the name.
    static func rename(_ folder: Int32, _ old: String, _ new: String) -> Int32 {
        guard let call else {
            errno = ENOSYS
            return -1
        }
        return call(folder, old, folder, new, replacesNothing)
    }
}
