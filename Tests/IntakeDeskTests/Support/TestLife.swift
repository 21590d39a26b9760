import Foundation
import IntakeConsole
import Stage
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// Months of an honest server, an honest desk and a forgetful courier, by a seed.
final class TestLife {
    /// xorshift64*: the same seed gives the same life.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state ^= state >> 12
            state ^= state << 25
            state ^= state >> 27
            return state &* 0x2545_F491_4F6C_DD1D
        }
    }

    let setting: TestDesk
    let neighbour = PaperOrganisation.neighbour("helpdesk")
    private(set) var desk: Desk
    /// Every alarm there ever was, with its day.
    private(set) var alarms: [String] = []
    private(set) var reports = 0
    private(set) var restores = 0

    private var dice: Dice
    private var vaults = 0
    private var copy: String?
    private var sticksIn: [[UInt8]] = []
    private var sticksOut: [[UInt8]] = []
    private var waiting: [Leaf] = []
    private var sent: [TestReporter.Sent] = []
    private var witness: SignedNote?
    /// What this desk cosigned last, as the server has it.
    private var own: SignedNote?
    private var acknowledged: [OrganisationID: UInt64] = [:]
    private var logged: [OrganisationID: UInt64] = [:]

    init(seed: UInt64) throws {
        dice = Dice(state: seed &* 0x9E37_79B9_7F4A_7C15 | 1)
        setting = try TestDesk()
        desk = setting.desk
        setting.server.close(TestDesk.today, directory: directory, serial: 1)
        try read(try stick(from: 0), on: TestDesk.today)
    }

    private var directory: SignedNote {
        setting.directory(expires: Day.last, besides: [neighbour])
    }

    private func happens(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &dice) < percent }

    /// One day, in the order in which things happen at a desk.
    func live(_ day: Day) throws {
        if let copy, happens(6) { try restore(copy) }
        for _ in 0..<Int.random(in: 0...2, using: &dice) {
            sent.append(setting.reporter().send("bericht", to: setting.key()))
            reports += 1
        }
        if happens(40) { sticksIn.append(try stick(from: Int(try size()))) }
        if happens(10) { sticksIn.append(try stick(from: 0)) }
        if happens(60), let newest = sticksIn.last { try read(newest, on: day) }
        if happens(10), let old = sticksIn.randomElement(using: &dice) { try read(old, on: day) }
        if happens(8) { try keepCopy() }
        if happens(40) { try answer(on: day) }
        if happens(50) { try write(on: day) }
        if happens(8) { try keepCopy() }
        if happens(70), let newest = sticksOut.last { try deliver(newest) }
        if happens(10), let old = sticksOut.randomElement(using: &dice) { try deliver(old) }
        if happens(30) { try cosignElsewhere() }
        close(day)
    }

    /// Brings desk and server to the same state.
    func settle(_ day: Day) throws {
        for number in 0..<3 as Range<UInt32> {
            try read(try stick(from: 0), on: day.adding(number))
            try write(on: day.adding(number))
            try deliver(try #require(sticksOut.last))
            close(day.adding(number))
        }
        try read(try stick(from: 0), on: day.adding(3))
    }

    private func size() throws -> UInt64 {
        try desk.vault.read { cells in try HeldLog(reading: cells).run.end }
    }

    private func stick(from: Int) throws -> [UInt8] {
        try setting.server.bundle(from: from, witnesses: [witness, own].compactMap { $0 })
    }

    private func read(_ stick: [UInt8], on day: Day) throws {
        let path = try setting.folder.write(stick, "in.bundle")
        let options = ImportOptions(today: day, directory: directory.bytes)
        do throws(any Error) {
            note(try desk.take(bundle: path, options: options).alarms, on: day)
        } catch ContainerError.stickMissing {
            // A desk put back from a copy asks from where it stands.
            let again = try setting.folder.write(try self.stick(from: 0), "in.bundle")
            note(try desk.take(bundle: again, options: options).alarms, on: day)
        }
    }

    private func answer(on day: Day) throws {
        guard let thread = try desk.threads().randomElement(using: &dice) else { return }
        _ = try desk.reply(
            to: thread.thread,
            kind: .message,
            text: ascii("antwoord"),
            today: day
        )
    }

    private func write(on day: Day) throws {
        let outcome = try desk.export(to: setting.folder.file("out.bundle"), today: day)
        note(outcome.alarms, on: day)
        sticksOut.append(try setting.folder.read("out.bundle"))
    }

    /// The server takes what is new and skips what it has.
    private func deliver(_ stick: [UInt8]) throws {
        var source = ArraySource(stick)
        let listed = try Directory(text: directory.text)
        let bundle = try OutBundle(from: &source, directory: listed)
        let known = Set((setting.server.leaves + waiting).compactMap { SentRow($0) })
        for row in bundle.rows {
            guard let sent = SentRow(row), !known.contains(sent) else { continue }
            switch row.kind {
            case .reply: waiting.append(.reply(row.organisation, row.tag, row.digest))
            case .transferred: waiting.append(.transferred(row.organisation, row.tag, row.digest))
            case .withdrawal: waiting.append(.withdrawal(row.organisation, row.tag, row.digest))
            case .pieceWanted: break
            }
        }
        let size = bundle.acknowledgement.size
        guard size > acknowledged[setting.organisation] ?? 0 else { return }
        acknowledged[setting.organisation] = size
        own = bundle.checkpoint.note
    }

    private func cosignElsewhere() throws {
        let checkpoint = try neighbour.witness(setting.server)
        witness = checkpoint
        acknowledged[neighbour.id] = try Checkpoint(text: checkpoint.text).size
    }

    private func close(_ day: Day) {
        for (id, size) in acknowledged where size > logged[id] ?? 0 {
            let digest = (try? setting.server.checkpoint(of: Int(size)))?.note.digest
            setting.server.append(
                .acknowledgement(id, size: size, digest: digest ?? Digest(of: []))
            )
            logged[id] = size
        }
        setting.server.close(day, sent: sent, others: waiting)
        sent = []
        waiting = []
    }

    private func keepCopy() throws {
        vaults += 1
        let path = setting.folder.file("copy\(vaults)")
        try FileManager.default.copyItem(atPath: desk.vault.path, toPath: path)
        copy = path
    }

    /// The laptop is gone, and with it the sticks that lay beside it.
    private func restore(_ path: String) throws {
        restores += 1
        vaults += 1
        let fresh = setting.folder.file("vault\(vaults)")
        try FileManager.default.copyItem(atPath: path, toPath: fresh)
        desk = try Desk.open(
            vault: fresh,
            passphrase: TestDesk.passphrase(),
            access: .writing
        )
        sticksOut = []
    }

    private func note(_ new: [Alarm], on day: Day) {
        for alarm in new {
            if case .silence = alarm { continue }
            alarms.append("\(day.description): \(alarm.text)")
        }
    }
}
