import Stage
import Testing

@testable import SealedIntake

/// The leaves that a desk gives to a server that fell behind.
final class LeavesFileTests {
    private let log = NoteSigner(name: ascii("intake.test"), pair: .random())

    private var leaves: [Leaf] {
        (0..<20).map { Leaf.dayEnd(Day(number: 20_000 + $0)) }
    }

    private func tree(_ count: Int) -> MerkleTree {
        MerkleTree(of: leaves.prefix(count))
    }

    private func file(from first: Int, count: Int? = nil) throws -> [UInt8] {
        LeavesFile.head(
            checkpoint: try log.verified(log.checkpoint(tree(leaves.count))),
            run: LogRun(
                before: tree(first),
                leaves: [Leaf](leaves[first..<(count.map { first + $0 } ?? leaves.count)])
            )
        )
    }

    private func read(_ bytes: [UInt8], key: VerifierKey? = nil) throws -> LeavesFile {
        var source = ArraySource(bytes)
        return try LeavesFile(
            from: &source,
            origin: log.name,
            logKeys: [key ?? log.verifierKey]
        )
    }

    @Test func `leaves from any start are read back`() throws {
        for first in [0, 1, 7, 8, 19, 20] {
            let read = try read(try file(from: first))
            #expect(read.run.leaves == [Leaf](leaves[first...]))
            #expect(read.run.before == tree(first))
        }
    }

    @Test func `what follows the leaves is left to the reader`() throws {
        var source = ArraySource(try file(from: 3) + ascii("SIB1"))
        _ = try LeavesFile(from: &source, origin: log.name, logKeys: [log.verifierKey])
        #expect(source.read(10) == ascii("SIB1"))
    }

    @Test func `bad files are refused by their own name`() throws {
        let good = try file(from: 3)
        let stranger = NoteSigner(name: log.name, pair: .random()).verifierKey
        #expect(throws: BundleError.wrongMagic) { _ = try read(ascii("SIB1") + good.dropFirst(4)) }
        #expect(throws: BundleError.note(.notSigned)) { _ = try read(good, key: stranger) }
        #expect(throws: BundleError.wrongRoot) { _ = try read(try file(from: 3, count: 5)) }
        for cut in [3, 10, good.count - 70, good.count - 1] {
            #expect(throws: BundleError.cut) { _ = try read([UInt8](good.prefix(cut))) }
        }
        let noteEnd = good.count - 17 * Leaf.count - 8 - 64 - 9
        var roots = good
        roots[noteEnd + 8] = 5
        #expect(throws: BundleError.badRow) { _ = try read(roots) }
        var count = good
        count[noteEnd + 9 + 64] = 1
        #expect(throws: BundleError.badRow) { _ = try read(count) }
        var type = good
        type[good.count - Leaf.count] = 9
        #expect(throws: BundleError.leaf(.unknownType)) { _ = try read(type) }
    }

    @Test func `leaves that no number is left for are refused`() throws {
        for first: UInt64 in [.max, .max - 15] {
            var writer = ByteWriter([UInt8](try file(from: 0).dropLast(20 * Leaf.count + 17)))
            writer.u64(first)
            writer.u8(UInt8(first.nonzeroBitCount))
            for _ in 0..<first.nonzeroBitCount { writer.append(Digest(of: []).bytes) }
            writer.u64(UInt64(leaves.count))
            for leaf in leaves { writer.append(leaf.bytes) }
            #expect(throws: BundleError.badRow) { _ = try read(writer.bytes) }
        }
    }

    @Test(arguments: [(10_000_000, .cut), (10_000_001, .badRow)] as [(UInt64, BundleError)])
    func `no memory is set aside for more than ten million leaves`(
        count: UInt64,
        error: BundleError
    ) throws {
        var writer = ByteWriter([UInt8](try file(from: 0).dropLast(20 * Leaf.count + 8)))
        writer.u64(count)
        #expect(throws: error) { _ = try read(writer.bytes) }
    }

    @Test func `a length alone takes no memory`() throws {
        var source = MeasuredSource()
        #expect(throws: BundleError.cut) { _ = try source.exactly(.max) }
        #expect(source.most <= 1_048_576)
    }

    @Test func `every changed bit is refused`() throws {
        let good = try file(from: 16)
        for place in good.indices {
            var bad = good
            bad[place] ^= 0x10
            #expect(throws: BundleError.self, "byte \(place)") { _ = try read(bad) }
        }
    }
}

/// A source that is empty, and remembers how much was asked of it at once.
private struct MeasuredSource: ByteSource {
    private(set) var most = 0

    mutating func read(_ count: Int) -> [UInt8] {
        most = max(most, count)
        return []
    }
}
