import SealedIntake

/// The short names by which people call threads: the first 8 hexadecimal digits of the thread
/// digest, more where two threads begin alike.
struct ThreadNames {
    private static let shortest = 8

    /// All threads in the order of their digests.
    private let digests: [(row: Int64, digest: Digest)]
    private let places: [Int64: Int]

    /// Finds the digests of all threads of a desk; names are made as they are asked for.
    init(of threads: [ThreadContents]) {
        digests =
            threads
            .map { (row: $0.row, digest: $0.thread.digest) }
            .sorted { $0.digest.bytes.lexicographicallyPrecedes($1.digest.bytes) }
        let rows = digests.enumerated().map { ($0.element.row, $0.offset) }
        places = Dictionary(uniqueKeysWithValues: rows)
    }

    /// The name of a thread.
    func name(of row: Int64) -> String {
        guard let place = places[row] else { return "" }
        let hex = digests[place].digest.hex
        let neighbours = [place - 1, place + 1].filter { digests.indices.contains($0) }
        let shared = neighbours.map { Self.shared(hex, digests[$0].digest.hex) }.max() ?? 0
        return String(utf8: [UInt8](hex.prefix(max(Self.shortest, shared + 1))))
    }

    /// The row of a thread that somebody typed the beginning of.
    /// - Throws: ``RequestError``.
    func row(of typed: String) throws -> Int64 {
        let wanted = typed.lowercased()
        let isHex = wanted.allSatisfy { $0.isHexDigit && $0.isASCII }
        guard isHex, wanted.count >= 4 else { throw RequestError.notAThreadID(typed) }
        let found = digests.filter { $0.digest.hex.starts(with: wanted.utf8) }
        guard let first = found.first else { throw RequestError.noSuchThread(typed) }
        guard found.count == 1 else { throw RequestError.severalThreads(typed, found.count) }
        return first.row
    }

    private static func shared(_ one: [UInt8], _ other: [UInt8]) -> Int {
        zip(one, other).prefix { $0 == $1 }.count
    }
}
