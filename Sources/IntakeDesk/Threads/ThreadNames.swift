import SealedIntake

/// The short names by which people call threads: the first 8 hexadecimal digits of the thread
/// digest, more where two threads begin alike.
struct ThreadNames {
    private static let shortest = 8

    private let names: [Int64: String]
    private let digests: [(row: Int64, hex: String)]

    /// Names all threads of a desk.
    init(of threads: [ThreadContents]) {
        let digests =
            threads
            .map { (row: $0.row, hex: String(utf8: $0.thread.digest.hex)) }
            .sorted { $0.hex < $1.hex }
        var names: [Int64: String] = [:]
        for (place, entry) in digests.enumerated() {
            let neighbours = [place - 1, place + 1].filter { digests.indices.contains($0) }
            let shared = neighbours.map { Self.shared(entry.hex, digests[$0].hex) }.max() ?? 0
            names[entry.row] = String(entry.hex.prefix(max(Self.shortest, shared + 1)))
        }
        self.digests = digests
        self.names = names
    }

    /// The name of a thread.
    func name(of row: Int64) -> String { names[row] ?? "" }

    /// The row of a thread that somebody typed the beginning of.
    /// - Throws: ``RequestError``.
    func row(of typed: String) throws -> Int64 {
        let wanted = typed.lowercased()
        let isHex = wanted.allSatisfy { $0.isHexDigit && $0.isASCII }
        guard isHex, wanted.count >= 4 else { throw RequestError.notAThreadID(typed) }
        let found = digests.filter { $0.hex.hasPrefix(wanted) }
        guard let first = found.first else { throw RequestError.noSuchThread(typed) }
        guard found.count == 1 else { throw RequestError.severalThreads(typed, found.count) }
        return first.row
    }

    private static func shared(_ one: String, _ other: String) -> Int {
        zip(one, other).prefix { $0 == $1 }.count
    }
}
