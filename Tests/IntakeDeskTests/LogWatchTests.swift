import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// What the log says in this desk's name, and that its days do not go back.
@Suite struct LogWatchTests {
    let setting: TestDesk

    init() throws {
        setting = try TestDesk()
        setting.server.close(TestDesk.today)
        _ = try setting.take(try setting.server.bundle(), directory: setting.directory())
    }

    /// Logs a type 7 leaf of this desk and takes the next stick; what else was on the desk's stick
    /// is kept back, and that is not asked here.
    private func log(_ leaf: Leaf, witnesses: [SignedNote] = []) throws -> [Alarm] {
        setting.server.append(leaf)
        setting.server.close(TestDesk.today.adding(1))
        return try setting.take(try setting.server.bundle(witnesses: witnesses)).alarms.filter {
            if case .sentWithheld = $0 { false } else { true }
        }
    }

    @Test func `an acknowledgement that was never given is a lasting alarm`() throws {
        let alarm = Alarm.acknowledgementNotGiven(size: 1, leaf: 1)
        #expect(try log(try setting.acknowledgement(of: 1)) == [alarm])
        #expect(alarm.isLasting)
        #expect(try setting.take(try setting.server.bundle()).alarms == [alarm], "once, for good")
    }

    @Test func `one that was given is none`() throws {
        _ = try setting.export()
        #expect(try log(try setting.acknowledgement(of: 1)) == [])
    }

    @Test func `one that only this desk's own signature explains is of a life it lost`() throws {
        let own = try setting.witness(of: 1)
        #expect(try log(try setting.acknowledgement(of: 1), witnesses: [own]) == [])
    }

    @Test func `what its own signature showed once is known of later sticks`() throws {
        let own = try setting.witness(of: 1)
        setting.server.close(TestDesk.today.adding(1))
        _ = try setting.take(try setting.server.bundle(witnesses: [own]))
        #expect(try log(try setting.acknowledgement(of: 1)) == [])
    }

    @Test func `an acknowledgement of nothing was never given`() throws {
        let nothing = try setting.acknowledgement(of: 0)
        #expect(try log(nothing) == [.acknowledgementNotGiven(size: 0, leaf: 1)])
    }

    @Test func `a given size with another root, and one inside a close, are alarms`() throws {
        let reply = Leaf.reply(try other, .random(), digest)
        setting.server.close(TestDesk.today.adding(1), others: [reply])
        _ = try setting.take(try setting.server.bundle())
        _ = try setting.export()
        let wrong = Leaf.acknowledgement(setting.organisation, size: 3, digest: digest)
        #expect(try log(wrong) == [.acknowledgementNotGiven(size: 3, leaf: 3)])
        let inside = try setting.acknowledgement(of: 2)
        #expect(try log(inside).contains(.acknowledgementNotGiven(size: 2, leaf: 5)))
    }

    @Test func `days that go back are a lasting alarm`() throws {
        setting.server.close(TestDesk.today.adding(5))
        setting.server.close(TestDesk.today.adding(2))
        let outcome = try setting.take(try setting.server.bundle())
        let alarm = Alarm.dayFell(
            TestDesk.today.adding(2),
            before: TestDesk.today.adding(5),
            leaf: 2
        )
        #expect(outcome.alarms == [alarm])
        #expect(alarm.isLasting)
        #expect(try setting.take(try setting.server.bundle()).alarms == [alarm], "once, for good")
    }

    @Test func `the same day twice is none`() throws {
        setting.server.close(TestDesk.today)
        #expect(try setting.take(try setting.server.bundle()).alarms == [])
    }

    @Test func `a stick that reaches further back accuses nobody`() throws {
        let fresh = try TestDesk()
        fresh.server.close(TestDesk.today, directory: fresh.directory(), serial: 1)
        let second = fresh.directory(serial: 2)
        let from = fresh.server.leaves.count
        fresh.server.close(TestDesk.today.adding(1), directory: second, serial: 2)
        let late = try fresh.server.bundle(from: from)
        _ = try fresh.take(late, directory: second, acceptedStart: UInt64(from))
        #expect(try fresh.take(try fresh.server.bundle()).alarms == [])
    }

    private var other: OrganisationID {
        get throws { try #require(OrganisationID(ascii: ascii("helpdesk"))) }
    }

    private var digest: Digest { Digest(of: [7]) }
}
