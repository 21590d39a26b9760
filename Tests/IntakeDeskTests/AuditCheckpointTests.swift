import Stage
import Testing

@testable import IntakeAudit
@testable import IntakeDesk
@testable import SealedIntake

/// Lies about what was signed, and answers that are kept back.
struct AuditCheckpointTests {
    private let log: PublishedLog

    init() throws {
        log = try PublishedLog()
        try log.publish()
    }

    private func expect(
        _ fault: AuditError,
        _ where: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: fault, sourceLocation: `where`) { _ = try log.audit() }
    }

    private func expect(
        _ fault: CheckpointError,
        in name: String = "log/checkpoint",
        _ where: SourceLocation = #_sourceLocation
    ) {
        expect(.checkpoint(name, fault), `where`)
    }

    @Test func `one changed byte of a month is found by the signed root`() throws {
        for name in ["log/2026-10", "log/2026-11"] {
            let good = try log.folder.read(name)
            var bad = good
            bad[bad.count - Leaf.count - 1] ^= 1
            try log.put(name, bad)
            #expect(throws: AuditError.self, "\(name)") { _ = try log.audit() }
            try log.put(name, good)
        }
        let name = "log/2026-11"
        var last = try log.folder.read(name)
        last[last.count - Leaf.count - 1] ^= 1
        try log.put(name, last)
        expect(.otherRoot(log.position(8)))
    }

    @Test func `a cosignature that is forged, missing or another desk's is refused`() throws {
        let list = log.list()
        let good = try #require(list.cosigned.first ?? nil)
        let stranger = NoteSigner(name: log.paper["nl-vi"].signer.name, pair: .random())
        func write(_ note: SignedNote?) throws {
            let notes = [note, list.cosigned[1]]
            try log.put(
                "log/checkpoint",
                CheckpointList(newest: list.newest, cosigned: notes).bytes
            )
        }
        var bytes = good.signatures[1].blob
        bytes[bytes.count - 1] ^= 1
        let forged = SignedNote.Signature(name: log.paper["nl-vi"].signer.name, blob: bytes)
        try write(SignedNote(text: good.text, signatures: [good.signatures[0], forged]))
        expect(.badCosignature(log.vi))
        try write(stranger.cosigning(log.signed(after: 7), day: PublishedLog.day(7)))
        expect(.noCosignature(log.vi))
        let town = log.paper["nl-oud"]
        try write(town.signer.cosigning(log.signed(after: 7), day: PublishedLog.day(7)))
        expect(.noCosignature(log.vi))
        try write(SignedNote(text: good.text, signatures: [good.signatures[1]]))
        expect(.note(.notSigned))
        try write(nil)
        let report = try log.audit()
        #expect(report.notes == [.cosignatureBehind(log.vi)])
        #expect(report.pickups.first?.lastPickedUp == nil)
        let short = CheckpointList(newest: list.newest, cosigned: [good])
        try log.put("log/checkpoint", short.bytes)
        expect(.otherCount(1))
    }

    @Test func `two signed histories are found by the list that was fetched earlier`() throws {
        let other = Digest(of: [9])
        let size = log.position(4)
        let note = log.paper.log.checkpoint(size: size, root: other)
        let list = CheckpointList(newest: note, cosigned: [nil, nil])
        try log.put("log/checkpoint-2026-11-01", list.bytes)
        expect(.otherRoot(size), in: "log/checkpoint-2026-11-01")
        let path = log.folder.file("proof.sip")
        #expect(throws: AuditError.self) {
            _ = try Audit(folder: log.folder.path, roots: []).run(today: .last, proof: path)
        }
        let trust = ShownContradiction.Trust.log(String(utf8: log.paper.log.verifierKey.text))
        let shown = try ShownContradiction(file: path, trust: trust)
        #expect(shown.older.size == size)
        #expect(shown.older.root == other)
        #expect(shown.newer.size == log.position(8))
    }

    @Test func `a damaged month is no proof against anybody`() throws {
        let name = "log/2026-11"
        var bytes = try log.folder.read(name)
        bytes[bytes.count - Leaf.count - 1] ^= 1
        try log.put(name, bytes)
        let path = log.folder.file("proof.sip")
        #expect(throws: AuditError.checkpoint("log/checkpoint", .otherRoot(log.position(8)))) {
            _ = try Audit(folder: log.folder.path, roots: []).run(today: .last, proof: path)
        }
        #expect(throws: (any Error).self) { _ = try log.folder.read("proof.sip") }
    }

    @Test func `a checkpoint inside a close, beyond the entries or rolled back is refused`() throws
    {
        let inside = log.tree(after: 7).size + 1
        func list(_ size: UInt64) -> [UInt8] {
            let note = log.paper.log.checkpoint(size: size, root: Digest(of: [9]))
            return CheckpointList(newest: note, cosigned: [nil, nil]).bytes
        }
        try log.put("log/checkpoint", list(inside))
        expect(.insideClose(inside))
        try log.put("log/checkpoint", list(1_000))
        expect(.beyond(1_000, held: log.position(8)))
        try log.put("log/checkpoint", log.list(after: 7).bytes)
        expect(.entry(log.position(7), .unsigned))
        try log.put("log/checkpoint-2026-11-05", log.list(after: 8).bytes)
        expect(
            .rolledBack(log.position(7), earlier: log.position(8)),
            in: "log/checkpoint-2026-11-05"
        )
    }

    @Test func `an answer that is not in the drop is withheld`() throws {
        let reply = log.closes[2].entries.count - 2
        log.drop[0] = [Drop.Entry(tag: .random(), envelope: log.replies[1])]
        try log.publish()
        expect(.entry(log.position(2, reply), .withheld(log.vi)))
        log.drop[0] = [Drop.Entry(tag: PublishedLog.tag(8), envelope: log.replies[0])]
        try log.publish()
        expect(.entry(log.position(2, reply), .withheld(log.vi)))
    }

    @Test func `an answer that was withdrawn, or is ninety days old, must leave the drop`() throws {
        let withdrawn = Drop.Entry(tag: PublishedLog.tag(7), envelope: log.replies[0])
        log.drop[1] = [withdrawn]
        try log.publish()
        let place = log.closes[1].entries.count - 2
        expect(.entry(log.position(1, place), .stays(log.vi)))
        let logged = LoggedReplies.Entry(
            index: 5,
            day: PublishedLog.day(0),
            organisation: log.vi,
            tag: PublishedLog.tag(7),
            digest: Digest(of: log.replies[0])
        )
        let drop = try DropAudit(folder: try AuditFolder(path: log.folder.path), shards: 2)
        try drop.check([logged], on: PublishedLog.day(89))
        #expect(throws: AuditError.entry(5, .stays(log.vi))) {
            try drop.check([logged], on: PublishedLog.day(90))
        }
    }

    @Test func `shards of the drop have one length and their form`() throws {
        try log.put("drop/001", Drop([]).bytes)
        expect(.unevenDrop("drop/001"))
        try log.put("drop/001", ascii("SID2"))
        expect(.file("drop/001", reason: "\(DropError.malformed.clause)"))
    }

    @Test func `a proof file convinces whoever knows the log's key`() throws {
        let proof = Contradiction(
            older: log.paper.log.checkpoint(size: log.position(4), root: Digest(of: [9])),
            newer: log.signed(after: 8),
            before: log.tree(after: 4),
            later: log.leaves().dropFirst(4).joined().map(\.hash)
        )
        let path = try log.folder.write(proof.bytes, "proof.sip")
        let key = String(utf8: log.paper.log.verifierKey.text)
        let shown = try ShownContradiction(file: path, trust: .log(key))
        #expect(shown.older.size == log.position(4))
        #expect(shown.newer.size == log.position(8))
        #expect(shown.otherRoot == log.tree(after: 4).root)
        let roots = try log.folder.write(log.paper.roots.file, "roots")
        let note = log.folder.file("directory")
        _ = try ShownContradiction(file: path, trust: .directory(note: note, roots: roots))
        let stranger = NoteSigner(name: log.paper.log.name, pair: .random()).verifierKey
        #expect(throws: ContradictionError.note(.notSigned)) {
            _ = try ShownContradiction(file: path, trust: .log(String(utf8: stranger.text)))
        }
        #expect(throws: ContradictionError.note(.badKey)) {
            _ = try ShownContradiction(file: path, trust: .log("nonsense"))
        }
        #expect(throws: ContradictionError.wrongMagic) {
            _ = try ShownContradiction(file: note, trust: .log(key))
        }
    }
}
