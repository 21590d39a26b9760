import Foundation

/// A blocking connection to this machine: the cheapest client there is, so that what is measured
/// is the server.
final class Connection {
    private let descriptor: Int32

    init?(port: UInt16) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, size)
            }
        }
        guard status == 0 else {
            close(descriptor)
            return nil
        }
    }

    deinit { close(descriptor) }

    /// Sends a request and reads its answer; the status, or nil when the line broke.
    func exchange(_ request: [UInt8]) -> Int? {
        var sent = 0
        while sent < request.count {
            let count = request.withUnsafeBytes { bytes in
                write(descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent)
            }
            guard count > 0 else { return nil }
            sent += count
        }
        return answer()
    }

    private func answer() -> Int? {
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 8192)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return nil }
            received += buffer.prefix(count)
            guard let end = Self.place(of: Self.endOfHead, in: received) else { continue }
            guard let field = Self.place(of: Self.lengthField, in: received) else { return nil }
            if received.count >= end + Self.number(received[field...]) {
                return Self.number(received.dropFirst(9))
            }
        }
    }

    private static let endOfHead = [UInt8]("\r\n\r\n".utf8)
    private static let lengthField = [UInt8]("\r\ncontent-length: ".utf8)

    /// The place behind the first of some bytes, in whatever case; without text and locale, which
    /// would cost as much as the server does.
    private static func place(of wanted: [UInt8], in bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBufferPointer { bytes in
            var matched = 0
            for (place, byte) in bytes.enumerated() {
                let lower = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
                matched = lower == wanted[matched] ? matched + 1 : lower == wanted[0] ? 1 : 0
                if matched == wanted.count { return place + 1 }
            }
            return nil
        }
    }

    /// The number at the front.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int {
        digits.prefix { (0x30...0x39).contains($0) }.reduce(0) { $0 * 10 + Int($1) - 0x30 }
    }
}
