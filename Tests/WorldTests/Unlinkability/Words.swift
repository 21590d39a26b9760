/// Bytes as numbers of 64 bits, so that bits which differ are counted fast.
struct Words {
    private let words: [UInt64]

    init(_ bytes: [UInt8]) {
        words = stride(from: 0, to: bytes.count, by: 8).map { start in
            bytes[start..<min(start + 8, bytes.count)].reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    /// How many bits differ, as far as both are long.
    func distance(to other: Words) -> Int {
        var sum = 0
        for place in 0..<min(words.count, other.words.count) {
            sum += (words[place] ^ other.words[place]).nonzeroBitCount
        }
        return sum
    }
}
