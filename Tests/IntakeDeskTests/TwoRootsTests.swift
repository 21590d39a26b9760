import IntakeAudit
import IntakeConsole
import Stage
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// Two checkpoints that the log signed and that cannot both be true are proved, whatever else is
/// wrong with the stick that brings one.
@Suite struct TwoRootsTests {
    let setting: TestDesk

    init() throws {
        setting = try TestDesk()
        for day in 0..<2 as Range<UInt32> { setting.server.close(TestDesk.today.adding(day)) }
        _ = try setting.take(try setting.server.bundle(), directory: setting.directory())
    }

    /// A checkpoint of a size under which the log put a root of nothing.
    private func lie(of size: UInt64) -> SignedNote {
        setting.server.log.checkpoint(size: size, root: Digest(of: [1]))
    }

    private func refuse(_ bundle: [UInt8], size: UInt64) throws -> Contradiction {
        let error = #expect(throws: ContainerError.self) { try setting.take(bundle) }
        let (name, bytes) = try #require(try setting.proofs().first)
        let path = setting.folder.file(name)
        #expect(error == .twoRoots(size: size, proof: path))
        let trust = ShownContradiction.Trust.log(String(utf8: setting.server.log.verifierKey.text))
        let shown = try ShownContradiction(file: path, trust: trust)
        #expect(shown.older.size == size)
        #expect(try setting.desk.alarms(today: TestDesk.today).map(\.isLasting) == [true])
        return try Contradiction(bytes: bytes)
    }

    @Test func `a stick whose entries do not give the root that was signed`() throws {
        let (rows, objects) = setting.server.rows()
        var writer = ByteWriter([0])
        for row in rows {
            writer.append(row.leaf.bytes)
            writer.u32(row.size)
        }
        let bundle = try setting.server.forged(
            rows: writer.bytes,
            objects: objects,
            checkpoint: lie(of: 2)
        )
        let proof = try refuse(bundle, size: 2)
        #expect(proof.consistency.isEmpty)
        #expect(proof.newer == (try setting.server.checkpoint().note))
    }

    @Test func `a smaller one is held to the entries too`() throws {
        let bundle = try setting.server.forged(rows: [0], checkpoint: lie(of: 1), to: 1)
        #expect(try refuse(bundle, size: 1).consistency.count == 1)
    }

    @Test func `two witnesses of one size beyond the stick`() throws {
        let other = setting.server.log.checkpoint(size: 9, root: Digest(of: [2]))
        let bundle = try setting.server.bundle(witnesses: [lie(of: 9), other])
        #expect(try refuse(bundle, size: 9).consistency.isEmpty)
    }

    @Test func `what the log did not sign proves nothing`() throws {
        let stranger = NoteSigner(name: setting.server.log.name, pair: .random())
        let note = stranger.checkpoint(size: 2, root: Digest(of: [1]))
        let bundle = try setting.server.forged(rows: [0], checkpoint: note)
        #expect(throws: ContainerError.bundle(.note(.notSigned))) {
            try setting.take(bundle)
        }
        #expect(try setting.proofs().isEmpty)
    }
}
