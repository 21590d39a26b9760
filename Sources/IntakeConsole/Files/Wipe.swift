import Foundation

extension [UInt8] {
    /// Overwrites with zeros in a way the compiler keeps.
    public mutating func wipe() {
        withUnsafeMutableBytes { buffer in
            guard let start = buffer.baseAddress else { return }
            explicit_bzero(start, buffer.count)
        }
    }
}
