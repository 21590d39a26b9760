/// The newest checkpoint, then the newest each organisation cosigned, in the directory's order.
///
/// ```text
/// (u32 length ‖ note)*    length 0: none yet
/// ```
/// - SeeAlso: `docs/spec/protocol.md`, section 9.
public struct CheckpointList: Hashable, Sendable {
    /// The newest checkpoint.
    public let newest: SignedNote
    /// One for each organisation, nil where it never cosigned.
    public let cosigned: [SignedNote?]

    /// Takes the parts.
    public init(newest: SignedNote, cosigned: [SignedNote?]) {
        self.newest = newest
        self.cosigned = cosigned
    }

    /// Reads the list.
    /// - Throws: ``NoteError/malformed`` also when the first is missing.
    public init(bytes: [UInt8]) throws(NoteError) {
        var reader = ByteReader(bytes)
        var notes: [SignedNote?] = []
        while !reader.isAtEnd {
            guard let length = try? reader.u32(), length <= UInt32(SignedNote.longest),
                let bytes = try? reader.bytes(Int(length))
            else { throw .malformed }
            notes.append(bytes.isEmpty ? nil : try SignedNote(bytes: bytes))
        }
        guard let first = notes.first, let newest = first else { throw .malformed }
        self.init(newest: newest, cosigned: [SignedNote?](notes.dropFirst()))
    }

    /// The whole list.
    public var bytes: [UInt8] {
        var writer = ByteWriter()
        for note in [newest] + cosigned {
            let bytes = note?.bytes ?? []
            writer.u32(UInt32(bytes.count))
            writer.append(bytes)
        }
        return writer.bytes
    }
}
