/// Where the bytes of a bundle come from: an array, or a file read piece by piece.
public protocol ByteSource {
    /// The next `count` bytes, or fewer at the end.
    mutating func read(_ count: Int) -> [UInt8]
}

/// Bytes that are in memory already.
public struct ArraySource: ByteSource {
    private var reader: ByteReader

    /// Starts at the first byte.
    public init(_ bytes: [UInt8]) {
        reader = ByteReader(bytes)
    }

    /// The next `count` bytes, or fewer at the end.
    public mutating func read(_ count: Int) -> [UInt8] {
        (try? reader.bytes(min(count, reader.remaining))) ?? []
    }
}

extension ByteSource {
    /// Exactly `count` bytes, read piece by piece: room is made for what is there, never for what
    /// a length from outside promises.
    /// - Throws: ``BundleError/cut``.
    mutating func exactly(_ count: Int) throws(BundleError) -> [UInt8] {
        let piece = 1_048_576
        var bytes = read(min(count, piece))
        while bytes.count < count {
            let more = read(min(count - bytes.count, piece))
            guard !more.isEmpty else { throw .cut }
            bytes += more
        }
        return bytes
    }

    /// A note with its length in front.
    /// - Throws: ``BundleError``.
    mutating func note() throws(BundleError) -> SignedNote {
        var reader = ByteReader(try exactly(4))
        guard let length = try? reader.u32(), length <= UInt32(SignedNote.longest) else {
            throw .noteTooLong
        }
        let bytes = try exactly(Int(length))
        do throws(NoteError) {
            return try SignedNote(bytes: bytes)
        } catch {
            throw .note(error)
        }
    }
}
