import Stage
import Testing

@testable import SealedIntake

/// A run of leaves knows its tree at every size, however it was put together.
final class LogRunTests {
    private let leaves: [Leaf]
    private let log = NoteSigner(name: ascii("sealed.example"), pair: .random())

    init() throws {
        let organisation = try #require(OrganisationID(ascii: ascii("nl-vi")))
        leaves = (0..<300).map { number in
            .submission(organisation, .random(), Digest(of: [UInt8(number % 251)]))
        }
    }

    private func tree(_ size: Int) -> MerkleTree {
        MerkleTree(of: leaves.prefix(size))
    }

    private func run(_ first: Int, _ end: Int) -> LogRun {
        LogRun(before: tree(first), leaves: [Leaf](leaves[first..<end]))
    }

    private func signed(_ tree: MerkleTree) throws -> VerifiedCheckpoint {
        try log.verified(log.checkpoint(tree))
    }

    /// The same stretch, taken from outside, joined, appended, and cut out of a longer one.
    private func all(_ first: Int, _ end: Int) throws -> [LogRun] {
        let middle = (first + end) / 2
        var appended = run(first, middle)
        try appended.append(run(middle, end))
        return [
            run(first, end), appended,
            try #require(LogRun(before: tree(first), received: [Leaf](leaves[first..<end]))),
            try #require(LogRun(joining: [run(first, middle), run(middle, end)])),
            try #require(run(0, 300).part(from: UInt64(first), to: UInt64(end))),
            try #require(
                LogRun(before: tree(0), received: leaves)?
                    .part(from: UInt64(first), to: UInt64(end))
            ),
        ]
    }

    @Test(arguments: [(0, 300), (0, 64), (63, 65), (64, 192), (1, 130), (128, 128), (0, 0)])
    func `every tree within is the log's`(first: Int, end: Int) throws {
        let whole = run(first, end)
        for one in try all(first, end) {
            #expect(one == whole)
            #expect(one.hashValue == whole.hashValue)
            for size in first...end { #expect(one.tree(at: UInt64(size)) == tree(size)) }
            #expect(one.tree(at: UInt64(end) + 1) == nil)
            #expect(first == 0 || one.tree(at: UInt64(first) - 1) == nil)
            #expect(one.after == tree(end))
            #expect(try LogRun(monthFile: one.monthFile) == one)
        }
    }

    @Test func `leaves are found by their index, and none outside`() throws {
        for one in try all(60, 200) {
            #expect(one.leaf(at: 59) == nil && one.leaf(at: 200) == nil)
            #expect(one.leaf(at: 60) == leaves[60] && one.leaf(at: 199) == leaves[199])
            #expect([Leaf](one[0, 70]) == [Leaf](leaves[60..<70]))
            #expect([Leaf](one[190, 400]) == [Leaf](leaves[190..<200]))
            #expect(one[10, 20].isEmpty && one[250, 260].isEmpty && one[100, 90].isEmpty)
            #expect(one.indexed.map(\.0) == [UInt64](60..<200))
            #expect(one.part(from: 59, to: 70) == nil && one.part(from: 70, to: 201) == nil)
            #expect(one.part(from: 71, to: 70) == nil)
        }
    }

    @Test func `what does not follow is refused, and nothing is added`() throws {
        let other = MerkleTree(size: 100, subtrees: tree(100).subtrees.reversed())
        let strange = LogRun(before: try #require(other), leaves: [leaves[100]])
        let table: [(LogRun, LogRunError)] = [
            (run(101, 110), .otherSize(101, expected: 100)),
            (run(99, 110), .otherSize(99, expected: 100)), (strange, .otherTree(100)),
        ]
        for (next, error) in table {
            var one = run(0, 100)
            #expect(throws: error) { try one.append(next) }
            #expect(one == run(0, 100))
        }
        #expect(LogRun(joining: [run(0, 10), run(11, 20)]) == nil)
        #expect(LogRun(joining: []) == nil)
        let full = try #require(
            MerkleTree(size: .max, subtrees: [Digest](repeating: Digest(of: []), count: 64))
        )
        #expect(LogRun(before: full, received: [leaves[0]]) == nil)
    }

    @Test func `a checkpoint of another root is contradicted, one of this log is not`() throws {
        let one = run(40, 300)
        let newest = try signed(tree(300))
        for size in [40, 41, 299, 300] {
            let good = try signed(tree(size))
            #expect(one.agrees(with: good.checkpoint))
            #expect(one.contradiction(of: good, under: newest.note) == nil)
            let forged = MerkleTree(of: leaves.prefix(size - 1) + [leaves[size - 2]])
            let bad = try signed(forged)
            #expect(!one.agrees(with: bad.checkpoint))
            let proof = try #require(one.contradiction(of: bad, under: newest.note))
            try proof.verify(origin: log.name, logKeys: [log.verifierKey])
        }
        #expect(one.agrees(with: try signed(tree(39)).checkpoint), "it is not in view")
        // The newest may end before the run does: the proof is of its size.
        let other = (leaves.prefix(99) + [leaves[0]])
            .reduce(into: MerkleTree()) { $0.append($1.hash) }
        let forged = try signed(other)
        let proof = one.contradiction(of: forged, under: try signed(tree(200)).note)
        try #require(proof).verify(origin: log.name, logKeys: [log.verifierKey])
        #expect(one.contradiction(of: forged, under: try signed(tree(99)).note) == nil)
        let empty = Checkpoint(origin: log.name, size: 0, root: Digest(of: [9])).text
        let none = try VerifiedCheckpoint(
            note: log.note(empty),
            origin: log.name,
            logKeys: [log.verifierKey]
        )
        #expect(run(0, 300).contradiction(of: none, under: newest.note) == nil, "proves nothing")
    }

    @Test func `two runs that part prove it, whichever is longer`() throws {
        let fork = [Leaf](leaves[..<100] + leaves[101..<140])
        let other = LogRun(before: tree(20), leaves: [Leaf](fork[20...]))
        for end in [101, 139, 200] {
            let one = (run(40, end), try signed(tree(end)).note)
            let two = (other, try signed(other.after).note)
            for proof in [LogRun.contradiction(one, two), LogRun.contradiction(two, one)] {
                let proof = try #require(proof)
                try proof.verify(origin: log.name, logKeys: [log.verifierKey])
            }
        }
        let short = (run(40, 100), try signed(tree(100)).note)
        #expect(LogRun.contradiction(short, (other, try signed(other.after).note)) == nil)
    }
}
