/// Finds many byte strings in many bytes, in one pass.
struct NeedleSearch {
    /// The fewest bytes of something to be found.
    private static let shortest = 8

    private let needles: [[UInt8]]
    /// The needles by their first eight bytes.
    private let byStart: [UInt64: [Int]]
    /// Whether a needle has three bytes in places 5 to 7: what is looked at for each byte, since
    /// a debug build could not ask a dictionary a hundred million times.
    private let ends: [Bool]

    /// Needles of 8 bytes or more.
    init(_ needles: [[UInt8]]) {
        precondition(needles.allSatisfy { $0.count >= Self.shortest })
        self.needles = needles
        byStart = Dictionary(grouping: needles.indices) { place in
            needles[place].prefix(Self.shortest).reduce(0) { $0 << 8 | UInt64($1) }
        }
        var ends = [Bool](repeating: false, count: 1 << 24)
        for start in byStart.keys { ends[Int(start & 0xFF_FFFF)] = true }
        self.ends = ends
    }

    /// The offsets of each needle, rising.
    func places(in bytes: [UInt8]) -> [[Int]] {
        var places = [[Int]](repeating: [], count: needles.count)
        let count = bytes.count
        bytes.withUnsafeBufferPointer { bytes in
            ends.withUnsafeBufferPointer { ends in
                var window: UInt64 = 0
                var place = 0
                while place < count {
                    window = window &<< 8 | UInt64(truncatingIfNeeded: bytes[place])
                    place &+= 1
                    guard ends[Int(truncatingIfNeeded: window & 0xFF_FFFF)],
                        place >= Self.shortest, let found = byStart[window]
                    else { continue }
                    let start = place - Self.shortest
                    for needle in found where bytes[start...].starts(with: needles[needle]) {
                        places[needle].append(start)
                    }
                }
            }
        }
        return places
    }
}
