/// The address on every poster: the same for all schools, so that it says nothing of the reader.
public struct CampaignAddress: Equatable, Sendable {
    /// The whole address, `https://NAME`.
    public let text: String
    /// The name alone, as people type it.
    public var name: String { String(text.dropFirst(8)) }

    /// Reads the address; a slash at the end is left off.
    /// - Throws: ``CampaignError/address`` for another scheme, a path, a query, a part, a port
    ///   or a user: each could tell one poster from another.
    public init(_ text: String) throws(CampaignError) {
        let plain = text.hasSuffix("/") ? String(text.dropLast()) : text
        guard plain.hasPrefix("https://"), Self.isName(plain.dropFirst(8)) else {
            throw .address
        }
        self.text = plain
    }

    private static func isName(_ name: Substring) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count > 1 && name.utf8.count <= 253
            && parts.allSatisfy { part in
                !part.isEmpty && !part.hasPrefix("-") && !part.hasSuffix("-")
                    && part.utf8.allSatisfy {
                        (0x61...0x7A) ~= $0 || (0x30...0x39) ~= $0 || $0 == 0x2D
                    }
            }
    }
}
