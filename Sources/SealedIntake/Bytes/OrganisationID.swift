/// The short name of a receiving organisation: 2 to 16 of `a-z`, `0-9` and `-`.
public struct OrganisationID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The ASCII, 2 to 16 bytes.
    public let ascii: [UInt8]

    /// Takes ASCII from outside, or nil when it is not such a name.
    public init?(ascii: [UInt8]) {
        guard (2...16).contains(ascii.count), ascii.allSatisfy(isIdentifierByte) else {
            return nil
        }
        self.ascii = ascii
    }

    /// Takes the 16 bytes of the wire, or nil when they are no padded name.
    public init?(padded: [UInt8]) {
        guard padded.count == 16 else { return nil }
        let ascii = [UInt8](padded.prefix { $0 != 0 })
        guard padded.dropFirst(ascii.count).allSatisfy({ $0 == 0 }) else { return nil }
        self.init(ascii: ascii)
    }

    /// The ASCII padded with zeros to 16 bytes.
    public var padded: [UInt8] {
        ascii + [UInt8](repeating: 0, count: 16 - ascii.count)
    }

    /// The name as text.
    public var description: String { String(utf8: ascii) }

    /// The order of the ASCII.
    public static func < (one: OrganisationID, other: OrganisationID) -> Bool {
        one.ascii.lexicographicallyPrecedes(other.ascii)
    }
}

/// Whether a byte may stand in an id: `a-z`, `0-9`, `-`.
func isIdentifierByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x61...0x7A, 0x30...0x39, 0x2D: true
    default: false
    }
}
