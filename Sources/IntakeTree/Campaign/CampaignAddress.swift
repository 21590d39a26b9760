/// The address on every poster: the same for all schools, so that it says nothing of the reader.
public struct CampaignAddress: Equatable, Sendable {
    /// The whole address, `https://NAME`.
    public let text: String
    /// The name alone, as people type it.
    public var name: String { String(text.dropFirst(Self.scheme.count)) }

    /// The longest name that still stands on a poster in letters one can read.
    public static let longest = 63

    private static let scheme = "https://"

    /// Reads `NAME` or `https://NAME`; a slash at the end is left off.
    /// - Throws: ``CampaignError/address(_:)`` for another scheme, a path, a query, a part, a
    ///   port or a user: each could tell one poster from another; then
    ///   ``CampaignError/longAddress(_:)``.
    public init(_ text: String) throws(CampaignError) {
        var name = text.lowercased()
        if name.hasPrefix(Self.scheme) { name.removeFirst(Self.scheme.count) }
        if name.hasSuffix("/") { name.removeLast() }
        guard Self.isName(name) else { throw .address(text) }
        guard name.utf8.count <= Self.longest else { throw .longAddress(name.utf8.count) }
        self.text = Self.scheme + name
    }

    /// Whether the name is set aside for examples and tests: nobody can own it (RFC 2606).
    var isExample: Bool {
        ["example", "test", "invalid", "localhost"].contains(name.split(separator: ".").last ?? "")
    }

    private static func isName(_ name: String) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count > 1
            && parts.allSatisfy { part in
                !part.isEmpty && !part.hasPrefix("-") && !part.hasSuffix("-")
                    && part.utf8.count <= 63
                    && part.utf8.allSatisfy {
                        (0x61...0x7A) ~= $0 || (0x30...0x39) ~= $0 || $0 == 0x2D
                    }
            }
    }
}
