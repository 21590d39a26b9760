import SealedIntake

/// One answer of a site, with everything that came before its body.
struct Served {
    /// Where it lies.
    let path: String
    /// The fields in the order they came, names in lower case.
    let fields: [(name: String, value: String)]
    /// The body, decompressed.
    let body: [UInt8]

    /// Takes what curl writes where it includes the heads of answers.
    /// - Throws: ``WatchError``; whatever comes before the answer itself is refused, because a
    ///   browser may act upon it.
    init(path: String, output: [UInt8]) throws(WatchError) {
        var rest = output[...]
        func line() -> String? {
            guard let end = rest.firstIndex(of: 0x0A) else { return nil }
            let line = rest[..<end]
            rest = rest[(end + 1)...]
            return String(utf8: line.last == 0x0D ? line.dropLast() : line)
        }
        guard let start = line(), start.hasPrefix("HTTP/") else { throw .otherHead(path) }
        let words = start.split(separator: " ")
        let status = words.count > 1 ? String(words[1]) : ""
        guard !status.hasPrefix("1") else { throw .hint(path, status) }
        var fields: [(name: String, value: String)] = []
        while let line = line() {
            guard !line.isEmpty else {
                self.path = path
                self.fields = fields
                body = [UInt8](rest)
                return
            }
            guard let colon = line.firstIndex(of: ":"),
                case let name = line[..<colon].lowercased(), Self.isName(name)
            else { throw .otherHead(path) }
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            fields.append((name, String(value)))
        }
        throw .otherHead(path)
    }

    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 64
            && name.utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
                    || byte == 0x5F
            }
    }
}

extension Served {
    /// What a proxy may add, and what says how the bytes travel: nothing that a browser runs or
    /// remembers of a page.
    private static let free: Set<String> = [
        "connection", "content-length", "date", "keep-alive", "server",
        "strict-transport-security", "transfer-encoding",
    ]

    /// What may be there, with the values it may have.
    private static let known = [
        "content-encoding": ["br", "gzip"], "vary": ["Accept-Encoding"],
    ]

    /// Holds the fields to a list: whatever is not on it might change what runs.
    ///
    /// On it are those of every answer, each once and as written, and what changes nothing.
    /// - Throws: ``WatchError``, the first field that is not as it must be.
    func check(type: String, policy: String = SecurityFields.barePolicy) throws(WatchError) {
        var must = SecurityFields.written
        must["content-type"] = type
        must["content-security-policy"] = policy
        var seen: Set<String> = []
        for (name, value) in fields {
            guard seen.insert(name).inserted else { throw .fieldTwice(path, name) }
            if let wanted = must[name] {
                guard value == wanted else { throw .otherField(path, name) }
            } else if let values = Self.known[name] {
                guard values.contains(value) else { throw .otherField(path, name) }
            } else if !Self.free.contains(name) {
                throw .unknownField(path, name)
            }
        }
        for name in must.keys.sorted() where !seen.contains(name) {
            throw .noField(path, name)
        }
    }
}
