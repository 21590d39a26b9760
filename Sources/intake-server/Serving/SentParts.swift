import Hummingbird
import IntakeStore
import NIOCore
import NIOPosix

/// A file that is never whole in memory: each part is read when the one before is on its way.
protocol SentParts: Sendable {
    /// Its length in bytes.
    var count: Int { get }
    /// In how many parts it is read.
    var partCount: Int { get }
    /// The bytes of a part.
    func part(_ number: Int) throws -> [UInt8]
}

extension PublishedShard: SentParts {}

/// Bytes that somebody holds already: sent part by part, they are never there twice.
struct HeldBytes: SentParts {
    private static let part = 65_536
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var count: Int { bytes.count }
    var partCount: Int { (bytes.count + Self.part - 1) / Self.part }

    func part(_ number: Int) -> [UInt8] {
        [UInt8](bytes.dropFirst(number * Self.part).prefix(Self.part))
    }
}

extension SentParts {
    /// The body of an answer.
    ///
    /// Where a part cannot be read any more, the connection ends too early,
    /// and who asked sees that by the length.
    var body: ResponseBody {
        ResponseBody(contentLength: count) { writer in
            for number in 0..<partCount {
                let bytes = try await NIOThreadPool.singleton.runIfActive { try part(number) }
                try await writer.write(ByteBuffer(bytes: bytes))
            }
            try await writer.finish(nil)
        }
    }
}
