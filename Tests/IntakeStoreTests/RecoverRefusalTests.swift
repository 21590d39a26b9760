import GRDB
import SealedIntake
import Stage
import Testing

@testable import IntakeStore

/// Leaves that are refused whole: nothing changes, and the reason has its name.
struct RecoverRefusalTests {
    /// Two stores with one history up to a backup: the whole one went on, the other must recover.
    private struct Loss {
        let whole: Deployment
        let restored: Deployment

        init() throws {
            whole = try Deployment()
            try whole.closeNow()
            let backup = try Deployment(copyOf: whole)
            try whole.closeNow()
            try whole.closeNow()
            restored = try backup.restored(markedBy: whole)
        }
    }

    private typealias Make = @Sendable (Loss) throws -> [UInt8]

    private static let refused: [(name: String, says: String, make: Make)] = [
        ("empty", "the leaves are refused: the bundle is cut", { _ in [] }),
        (
            "a bundle alone", "no leaves of a desk, the file must begin with SIV1",
            { try $0.whole.bundle() }
        ),
        (
            "cut in a leaf", "the leaves are refused",
            { [UInt8](try $0.whole.leavesFile().prefix(700)) }
        ),
        (
            "without its bundle", "the bundle is refused: the bundle is cut",
            { loss in
                let size = try loss.whole.bundle().count
                return [UInt8](try loss.whole.leavesFile().dropLast(size))
            }
        ),
        (
            "something behind it", "the bundle is refused: something stands behind",
            { try $0.whole.leavesFile() + [0] }
        ),
        (
            "a leaf changed", "the leaves do not give the root that was signed",
            { loss in
                var file = try loss.whole.leavesFile()
                let size = try loss.whole.bundle().count
                file[file.count - size - 70] ^= 1
                return file
            }
        ),
        (
            "a leaf left out", "the leaves are refused",
            { loss in
                let head = LeavesFile.head(
                    checkpoint: try loss.whole.newest(),
                    run: LogRun(
                        before: MerkleTree(),
                        leaves: [Leaf](try loss.whole.leaves().dropLast())
                    )
                )
                return head + (try loss.whole.bundle())
            }
        ),
        (
            "of another log key", "the leaves are refused",
            { _ in
                let other = try Deployment()
                try other.closeNow()
                return try other.leavesFile()
            }
        ),
        (
            "begins too late", "they begin at 20, they must begin at 10 or before",
            { try $0.whole.leavesFile(from: 20) }
        ),
        (
            "ends too early", "they end at 0, the store has 10 already",
            { loss in
                let note = try loss.whole.checkpoints()[0].note
                let first = try loss.whole.logKey.verified(note)
                let head = LeavesFile.head(
                    checkpoint: first,
                    run: LogRun(before: MerkleTree(), leaves: [])
                )
                return head + (try loss.whole.bundle())
            }
        ),
        (
            "of a history that forked before the store ends", "is not that of this store",
            { loss in try forked(loss, from: 0) }
        ),
        (
            "of a history that forked before the leaves begin",
            "the leaves before 9 are not those of this store",
            { loss in try forked(loss, from: 9) }
        ),
        (
            "a bundle of a stranger", "the bundle is refused",
            { loss in
                let size = try loss.whole.bundle().count
                let head = try loss.whole.leavesFile().dropLast(size)
                let stranger = PaperOrganisation("nl-vi", of: Deployment.name)
                let bundle = OutBundle.head(
                    checkpoint: try loss.whole.newest(),
                    organisation: stranger.id,
                    have: 0,
                    shards: 2,
                    acknowledgement: .none,
                    rows: [],
                    signer: stranger.signer
                )
                return head + bundle
            }
        ),
        (
            "a bundle that cosigns another tree of a size that the leaves reach",
            "the bundle is refused",
            { loss in
                let size = try loss.whole.bundle().count
                let head = try loss.whole.leavesFile().dropLast(size)
                return head + (try loss.whole.bundle(over: loss.whole.forged()))
            }
        ),
        (
            "not to the end of a day", "the last of them is not the end of a day",
            { loss in
                let leaves = [Leaf](try loss.whole.leaves().prefix(15))
                return try resigned(leaves, loss)
            }
        ),
        (
            "days that go back", "their days do not follow each other",
            { loss in
                let back = Leaf.dayEnd(loss.whole.today.adding(0).previous)
                return try resigned(try loss.whole.leaves().prefix(10) + [back], loss)
            }
        ),
    ]

    /// Leaves under a checkpoint that the log key signed, which it should never have done.
    private static func resigned(
        _ leaves: [Leaf],
        from: Int = 0,
        _ loss: Loss
    ) throws -> [UInt8] {
        let key = loss.whole.logKey
        let head = LeavesFile.head(
            checkpoint: try key.verified(key.signer.checkpoint(MerkleTree(of: leaves))),
            run: LogRun(
                before: MerkleTree(of: leaves.prefix(from)),
                leaves: [Leaf](leaves.dropFirst(from))
            )
        )
        return head + (try loss.whole.bundle())
    }

    /// The leaves of a log that the same key signed, of which already the first close is another.
    private static func forked(_ loss: Loss, from: Int) throws -> [UInt8] {
        var leaves = try loss.whole.leaves()
        leaves[3] = .submission(try "nl-vi".id, .random(), Digest(of: [1]))
        return try resigned(leaves, from: from, loss)
    }

    @Test(arguments: refused.map(\.name))
    func `bad leaves are refused and change nothing`(name: String) throws {
        let loss = try Loss()
        let bad = try #require(Self.refused.first { $0.name == name })
        let file = try bad.make(loss)
        let before = try loss.restored.contents()
        let error = #expect(throws: StoreError.self) { try loss.restored.recover(file) }
        #expect(error?.clause.contains(bad.says) == true, "\(error?.clause ?? "")")
        #expect(try loss.restored.contents() == before)
        let signed = try loss.restored.mark.read(logKey: loss.whole.logKey)
        #expect(try signed.checkpoint == loss.whole.newest().checkpoint)
        try loss.restored.recover(loss.whole.leavesFile())
        #expect(try loss.restored.checkpoints() == loss.whole.checkpoints())
    }

    @Test func `no single flipped bit of the leaves gets in`() throws {
        let loss = try Loss()
        let good = try loss.whole.leavesFile()
        let before = try loss.restored.contents()
        for place in stride(from: 0, to: good.count, by: 11) {
            var bad = good
            bad[place] ^= 1 << (place % 8)
            let report = try? loss.restored.recover(bad)
            #expect(report == nil, "byte \(place)")
        }
        #expect(try loss.restored.contents() == before)
        try loss.restored.recover(good)
    }

    @Test func `without a mark, with another log's, or with another key, nothing is taken`() throws
    {
        let loss = try Loss()
        let file = try loss.whole.leavesFile()
        let before = try loss.restored.contents()
        let key = loss.whole.logKey
        try loss.restored.mark.write(loss.whole.forged(size: 10))
        #expect(throws: StoreError.leaves(.otherMark)) {
            try loss.restored.recover(file)
        }
        let nowhere = HighWaterMark(path: loss.restored.path + ".nowhere")
        let today = loss.whole.today
        #expect(throws: StoreError.noHighWaterMark) {
            try loss.restored.store.recover(
                leaves: { ArraySource(file) },
                today: today,
                logKey: key,
                mark: nowhere
            )
        }
        #expect(throws: StoreError.otherLogKey) {
            try loss.restored.store.recover(
                leaves: { ArraySource(file) },
                today: today,
                logKey: .random(deployment: Deployment.name),
                mark: loss.restored.mark
            )
        }
        #expect(try loss.restored.contents() == before)
    }

    @Test func `a desk whose longer log is another one is not reached by these leaves`() throws {
        let loss = try Loss()
        let other = try loss.whole.forged()
        try loss.restored.take(loss.restored.bundle(of: "helpdesk", over: other))
        let before = try loss.restored.contents()
        let error = #expect(throws: StoreError.self) {
            try loss.restored.recover(loss.whole.leavesFile())
        }
        #expect(error?.clause.contains("the desk of helpdesk has another tree") == true)
        #expect(try loss.restored.contents() == before)
    }

    @Test func `a directory in the leaves must be installed first`() throws {
        let whole = try Deployment()
        try whole.closeNow()
        let backup = try Deployment(copyOf: whole)
        let texts = try (2...4).map { try whole.directory(["nl-vi", "helpdesk"], serial: $0) }
        for text in texts.prefix(2) {
            try whole.install(text)
            try whole.closeNow()
        }
        let restored = try backup.restored(markedBy: whole)
        let file = try whole.leavesFile()
        let before = try restored.contents()
        let missing = { (serial: Int) in
            StoreError.leaves(.newDirectory(UInt64(serial)))
        }
        #expect(throws: missing(2)) { try restored.recover(file) }
        #expect(try restored.contents() == before)
        try restored.install(texts[0])
        #expect(throws: missing(3)) { try restored.recover(file) }
        try restored.install(texts[1])
        #expect(try restored.recover(file).closes == 2)
        _ = try restored.check()
    }

    @Test func `an older directory in the leaves may be given with them`() throws {
        let whole = try Deployment()
        try whole.closeNow()
        let backup = try Deployment(copyOf: whole)
        let texts = try (2...4).map { try whole.directory(["nl-vi", "helpdesk"], serial: $0) }
        try whole.install(texts[0])
        try whole.closeNow()
        let restored = try backup.restored(markedBy: whole)
        try restored.install(texts[2])
        let file = try whole.leavesFile()
        let verified = try texts.map { text in
            try VerifiedDirectory(
                note: whole.rootKeys.sign([UInt8](text.utf8)),
                roots: whole.roots,
                deployment: Deployment.name
            )
        }
        for given in [[], [verified[1]]] {
            let error = #expect(throws: StoreError.self) {
                try restored.recover(file, directories: given)
            }
            #expect(error?.clause.contains("directory 2 is in them and older") == true)
        }
        #expect(try restored.recover(file, directories: verified).closes == 1)
        #expect(restored.store.publication.directory?.directory.serial == 4)
        #expect(try restored.count("directory") == 3)
        _ = try restored.check()
    }

    @Test func `another directory of the same serial than the one logged stops the recovery`()
        throws
    {
        let whole = try Deployment()
        try whole.closeNow()
        let backup = try Deployment(copyOf: whole)
        try whole.install(whole.directory(["nl-vi", "helpdesk"], serial: 2))
        try whole.closeNow()
        let restored = try backup.restored(markedBy: whole)
        try restored.install(restored.directory(["nl-vi", "helpdesk"], serial: 2, shards: 4))
        let error = StoreError.leaves(.otherDirectory(2))
        #expect(throws: error) { try restored.recover(whole.leavesFile()) }
    }
}
