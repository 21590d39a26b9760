/// What the tree says in one language.
///
/// ```text
/// sealedintake/v1/texts LANG ltr|rtl
/// KEY TEXT                             sorted by the bytes of the key
/// ```
/// - SeeAlso: `docs/spec/protocol.md`, section 9.4.
public struct TreeTexts: Hashable, Sendable {
    /// The language, BCP 47.
    public let language: [UInt8]
    /// Whether it is written from right to left.
    public let isRightToLeft: Bool
    /// Key and text, sorted by key.
    public let lines: [Line]
    /// SHA-256 of the file, which the tree names.
    public let digest: Digest

    /// One text.
    public struct Line: Hashable, Sendable {
        /// The key, `[a-z0-9._-]`.
        public let key: [UInt8]
        /// The text: UTF-8 without control characters, not empty.
        public let text: [UInt8]
    }

    /// Reads the file.
    /// - Throws: ``TreeTextsError``.
    public init(bytes: [UInt8]) throws(TreeTextsError) {
        var reader = ByteReader(bytes)
        let head = (try? reader.line()) ?? []
        let words = NumberedLines.words(head)
        guard words.count == 3, words[0] == label("texts"), Language.isValid(words[1]),
            words[2] == ascii("ltr") || words[2] == ascii("rtl")
        else { throw .badLine(1) }
        var lines: [Line] = []
        while !reader.isAtEnd {
            guard let line = try? reader.line(), let read = Line(line),
                lines.last.map({ $0.key.lexicographicallyPrecedes(read.key) }) ?? true
            else { throw .badLine(lines.count + 2) }
            lines.append(read)
        }
        language = words[1]
        isRightToLeft = words[2] == ascii("rtl")
        self.lines = lines
        digest = Digest(of: bytes)
    }

    /// The text of a key.
    public subscript(key: [UInt8]) -> [UInt8]? {
        var low = 0
        var high = lines.count
        while low < high {
            let middle = (low + high) / 2
            if lines[middle].key.lexicographicallyPrecedes(key) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low < lines.count && lines[low].key == key ? lines[low].text : nil
    }

    /// The texts `KEY.1`, `KEY.2` and on.
    public func list(_ key: [UInt8]) -> [[UInt8]] {
        var found: [[UInt8]] = []
        while let text = self[key + [0x2E] + Decimal.encode(UInt64(found.count + 1))] {
            found.append(text)
        }
        return found
    }
}

extension TreeTexts.Line {
    fileprivate init?(_ line: [UInt8]) {
        let key = [UInt8](line.prefix { $0 != 0x20 })
        let text = [UInt8](line.dropFirst(key.count + 1))
        guard !key.isEmpty, !text.isEmpty, PlainText.isValid(text),
            key.allSatisfy({ isIdentifierByte($0) || $0 == 0x2E || $0 == 0x5F })
        else { return nil }
        self.init(key: key, text: text)
    }
}

/// Why bytes are no texts of a tree.
public enum TreeTextsError: Refusal {
    /// A line that is not in the form, or out of order; counted from 1.
    case badLine(Int)

    /// What was found, then what must be.
    public var clause: String { "no file of the tree's texts" }
}
