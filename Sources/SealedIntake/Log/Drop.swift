/// A shard of the public replies: everybody downloads all of it, only the token's holder knows
/// which are theirs.
///
/// ```text
/// "SID1" ‖ u32 n ‖ n x (tag[16] ‖ reply envelope[4096]), sorted by tag
/// ```
/// - SeeAlso: `docs/spec/protocol.md`, section 9.
public struct Drop: Equatable, Sendable {
    /// One reply, or a random entry that nobody can open.
    public struct Entry: Equatable, Sendable {
        /// Its tag.
        public let tag: Tag
        /// The reply envelope, 4,096 bytes, not looked at.
        public let envelope: [UInt8]

        /// Takes the parts.
        public init(tag: Tag, envelope: [UInt8]) {
            precondition(envelope.count == EnvelopeClass.reply.size)
            self.tag = tag
            self.envelope = envelope
        }
    }

    /// A shard longer than so many bytes makes the directory double their number.
    public static let longestShard = 524_288

    /// The entries, tags rising strictly.
    public let entries: [Entry]

    /// Sorts entries of different tags.
    public init(_ entries: [Entry]) {
        self.entries = entries.sorted { $0.tag < $1.tag }
    }

    /// Reads a shard.
    /// - Throws: ``DropError``.
    public init(bytes: [UInt8]) throws(DropError) {
        var reader = ByteReader(bytes)
        guard reader.skip(ascii("SID1")), let count = try? reader.u32() else { throw .malformed }
        let entrySize = UInt64(Tag.count + EnvelopeClass.reply.size)
        guard UInt64(count) * entrySize == UInt64(reader.remaining) else { throw .malformed }
        var entries: [Entry] = []
        for _ in 0..<count {
            guard let tag = try? Tag(from: &reader),
                let envelope = try? reader.bytes(EnvelopeClass.reply.size)
            else { throw .malformed }
            if let last = entries.last, last.tag >= tag { throw .notSorted }
            entries.append(Entry(tag: tag, envelope: envelope))
        }
        self.entries = entries
    }

    /// The length of a file of so many entries, in bytes.
    public static func size(entries count: Int) -> Int {
        8 + count * (Tag.count + EnvelopeClass.reply.size)
    }

    /// What stands before so many entries, 8 bytes.
    public static func head(entries count: Int) -> [UInt8] {
        var writer = ByteWriter(ascii("SID1"))
        writer.u32(UInt32(count))
        return writer.bytes
    }

    /// The whole file.
    public var bytes: [UInt8] {
        var writer = ByteWriter(Self.head(entries: entries.count))
        for entry in entries {
            writer.append(entry.tag.bytes)
            writer.append(entry.envelope)
        }
        return writer.bytes
    }

    /// The envelope under a tag, or nil.
    public func envelope(_ tag: Tag) -> [UInt8]? {
        var low = entries.startIndex
        var high = entries.endIndex
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].tag < tag { low = middle + 1 } else { high = middle }
        }
        return entries[low...].first.flatMap { $0.tag == tag ? $0.envelope : nil }
    }
}

/// Why bytes are no shard of the drop.
public enum DropError: Refusal {
    /// Wrong magic or length.
    case malformed
    /// Tags do not rise strictly.
    case notSorted

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .malformed: "no shard of the drop"
        case .notSorted: "the drop is not sorted by tag"
        }
    }
}
