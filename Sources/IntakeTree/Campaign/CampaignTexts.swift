/// The campaign's own words in one language.
///
/// ```text
/// # why, for people who write it
/// key: text
/// ```
/// Flat YAML: a key a line, without quotes, so that every language reads the same way.
public struct CampaignTexts: Equatable, Sendable {
    /// Key and text in the order of the file.
    public let lines: [Line]

    /// One text.
    public struct Line: Equatable, Sendable {
        /// The key, `[a-z0-9.-]`.
        public let key: String
        /// The text; `{{name}}` stands for something of the tree.
        public let text: String
    }

    /// Reads the file.
    /// - Throws: ``CampaignError/badLine(_:)``, ``CampaignError/twice(_:)``.
    public init(_ file: String) throws(CampaignError) {
        var lines: [Line] = []
        let all = file.split(separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in all.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
            let key = String(line.prefix { $0 != ":" })
            let text = String(line.dropFirst(key.count + 2))
            guard line.dropFirst(key.count).hasPrefix(": "), !text.isEmpty, Self.isKey(key) else {
                throw .badLine(number + 1)
            }
            guard !lines.contains(where: { $0.key == key }) else { throw .twice(key) }
            lines.append(Line(key: key, text: text))
        }
        self.lines = lines
    }

    /// The text of a key.
    /// - Throws: ``CampaignError/missing(_:)``.
    public func text(_ key: String) throws(CampaignError) -> String {
        guard let line = lines.first(where: { $0.key == key }) else { throw .missing(key) }
        return line.text
    }

    private static func isKey(_ key: String) -> Bool {
        !key.isEmpty
            && key.utf8.allSatisfy {
                (0x61...0x7A) ~= $0 || (0x30...0x39) ~= $0 || $0 == 0x2D || $0 == 0x2E
            }
    }
}
