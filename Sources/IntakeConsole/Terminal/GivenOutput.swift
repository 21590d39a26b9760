import Foundation

/// Standard output and standard error, which may be a full disk or a pipe that nobody reads.
public enum GivenOutput {
    /// Exit status where all was done and what it says could not be written (`EX_IOERR`).
    public static let notShown: Int32 = 74

    /// Writes text as far as it can be written.
    /// - Returns: What the system says where that is not all, else 0.
    @discardableResult
    public static func put(_ text: String, to descriptor: Int32) -> Int32 {
        var left = [UInt8](text.utf8)[...]
        while !left.isEmpty {
            let count = left.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return errno }
            left = left.dropFirst(count)
        }
        return 0
    }
}
