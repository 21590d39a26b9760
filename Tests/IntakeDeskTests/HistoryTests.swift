import Foundation
import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// Two histories under one key: refused, proved, and never forgotten.
@Suite struct HistoryTests {
    let setting: TestDesk
    let other: TestServer

    /// A desk that took two days of a log, and a server that signs another log with the same key.
    init() throws {
        setting = try TestDesk()
        for day in 0..<2 as Range<UInt32> {
            let sent = setting.reporter().send("dag \(day)", to: setting.key())
            setting.server.close(
                TestDesk.today.adding(day),
                directory: day == 0 ? setting.directory() : nil,
                sent: [sent]
            )
        }
        _ = try setting.take(try setting.server.bundle(), directory: setting.directory())
        other = setting.server.twin(until: 2)
        for day in 0..<3 as Range<UInt32> {
            other.close(TestDesk.today.adding(day))
        }
    }

    /// Refuses a bundle, and returns the proof that was written.
    private func refuse(_ bundle: [UInt8], at index: UInt64) throws -> Contradiction {
        let before = try setting.contents()
        let known = try setting.proofs()
        let error = #expect(throws: ContainerError.self) { try setting.take(bundle) }
        let proofs = try setting.proofs().filter { known[$0.key] == nil }
        let (name, bytes) = try #require(proofs.first)
        let path = setting.folder.file(name)
        #expect(error == .otherHistory(at: index, proof: path))
        #expect(error?.hint?.contains(path) == true)
        #expect(name.hasSuffix(String(String(utf8: Digest(of: bytes).hex).prefix(8))))
        #expect(try setting.contents() == before)
        let proof = try Contradiction(bytes: bytes)
        try proof.verify(
            origin: setting.server.log.name,
            logKeys: [setting.server.log.verifierKey]
        )
        return proof
    }

    @Test func `a newer checkpoint that does not extend the one held`() throws {
        other.close(TestDesk.today.adding(3))
        #expect(other.leaves.count == 6)
        let proof = try refuse(try other.bundle(), at: 3)
        #expect(proof.older == (try setting.server.checkpoint().note))
        #expect(proof.newer == (try other.checkpoint().note))
        #expect(try setting.desk.alarms(today: TestDesk.today).map(\.isLasting) == [true])
    }

    @Test func `a checkpoint of the same size and another root`() throws {
        #expect(other.leaves.count == setting.server.leaves.count)
        let proof = try refuse(try other.bundle(), at: 3)
        #expect(proof.consistency.isEmpty)
    }

    @Test func `an older checkpoint that the one held does not extend`() throws {
        let proof = try refuse(try other.bundle(to: 4), at: 3)
        #expect(proof.older == (try other.checkpoint(of: 4).note))
        #expect(proof.newer == (try setting.server.checkpoint().note))
    }

    @Test func `a bundle that begins where this desk stands, on another tree`() throws {
        other.close(TestDesk.today.adding(3))
        _ = try refuse(try other.bundle(from: 5), at: 5)
    }

    @Test func `the alarm lasts, names the file and is not doubled by the same stick`() throws {
        let bundle = try other.bundle()
        _ = try refuse(bundle, at: 3)
        #expect(try setting.otherHistory(in: bundle) == 3)
        let name = try #require(try setting.proofs().keys.first)
        let alarm = Alarm.contradiction(file: setting.folder.file(name), older: 5, newer: 5)
        #expect(try setting.desk.alarms(today: TestDesk.today.adding(500)).contains(alarm))
        #expect(alarm.text.contains(name))
        setting.server.close(TestDesk.today.adding(2))
        let honest = try setting.take(try setting.server.bundle())
        #expect(honest.alarms == [alarm])
        #expect(honest.cosigned == 6)
        let kinds = try setting.desk.journal().entries.map(\.kind)
        #expect(kinds == [.imported, .contradiction, .refused, .refused, .imported])
    }

    @Test func `a proof that cannot be written is asked for again, and the alarm stays`() throws {
        let bundle = try other.bundle()
        let proof = Contradiction(
            older: try setting.server.checkpoint().note,
            newer: try other.checkpoint().note,
            before: other.tree(of: 5),
            later: []
        )
        let path = ProofFile.path(
            beside: setting.folder.file("desk.vault"),
            digest: Digest(of: proof.bytes)
        )
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: false
        )
        let error = #expect(throws: ContainerError.self) { try setting.take(bundle) }
        #expect(error == .otherHistory(at: 3, proof: nil))
        #expect(error?.hint?.contains("import this stick once more") == true)
        #expect(try setting.desk.alarms(today: TestDesk.today).count == 1)
        try FileManager.default.removeItem(atPath: path)
        #expect(try setting.otherHistory(in: bundle) == 3)
        #expect(try setting.proofs().values.first == proof.bytes)
    }

    @Test func `an old stick of the same log is no contradiction`() throws {
        #expect(try setting.take(try setting.server.bundle(to: 3)).alarms.isEmpty)
        #expect(try setting.proofs().isEmpty)
    }
}
