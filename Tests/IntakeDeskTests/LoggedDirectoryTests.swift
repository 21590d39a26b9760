import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// Directories of the log under which the roots' signatures do not hold: spoilt by whoever carried
/// them, or never signed.
@Suite struct LoggedDirectoryTests {
    let setting: TestDesk

    init() throws {
        setting = try TestDesk()
        setting.server.close(TestDesk.today)
        _ = try setting.take(try setting.server.bundle(), directory: setting.directory())
    }

    /// Logs directory 2 with a note of the same text that only one root signed.
    private func log(signedBy note: SignedNote) throws -> (leaf: UInt64, alarms: [Alarm]) {
        let leaf = UInt64(setting.server.leaves.count)
        setting.server.close(TestDesk.today.adding(1), directory: note, serial: 2)
        return (leaf, try setting.take(try setting.server.bundle()).alarms)
    }

    private var unsigned: SignedNote {
        setting.roots.one.note(setting.directoryText(serial: 2))
    }

    /// The stick as it is when the directory of serial 2 comes whole.
    private func whole(at leaf: UInt64) throws -> [UInt8] {
        let server = setting.server.twin(until: Int(leaf))
        for (place, one) in setting.server.leaves.enumerated().dropFirst(Int(leaf)) {
            let serial = one.number ?? 0
            let note = place == Int(leaf) ? setting.directory(serial: 2) : nil
            let other = one.type == .directory ? setting.directory(serial: serial) : nil
            server.append(one, (note ?? other)?.bytes)
        }
        return try server.bundle(from: Int(leaf))
    }

    @Test func `one that comes whole later was spoilt on the way, and no alarm is left`() throws {
        let (leaf, alarms) = try log(signedBy: unsigned)
        let alarm = Alarm.directoryUnproven(serial: 2, leaf: leaf, isSuperseded: false)
        #expect(alarms == [alarm])
        #expect(!alarm.isLasting)
        #expect(alarm.text.contains("damaged on the way, or"))
        #expect(alarm.text.contains("intake-server export --from \(leaf)"))
        #expect(try setting.take(try setting.server.bundle()).alarms == [alarm], "spoilt again")
        #expect(try setting.take(try whole(at: leaf)).alarms == [])
        #expect(try setting.desk.alarms(today: TestDesk.today) == [])
    }

    @Test func `one that never comes whole stays an alarm when a good one follows`() throws {
        let (leaf, _) = try log(signedBy: unsigned)
        let third = setting.directory(serial: 3)
        setting.server.close(TestDesk.today.adding(2), directory: third, serial: 3)
        let outcome = try setting.take(try setting.server.bundle())
        let alarm = Alarm.directoryUnproven(serial: 2, leaf: leaf, isSuperseded: true)
        #expect(outcome.alarms == [alarm])
        #expect(alarm.isLasting)
        #expect(outcome.cosigned == UInt64(setting.server.leaves.count))
        #expect(try setting.take(try whole(at: leaf)).alarms == [], "and still it may come")
    }

    @Test func `a serial below the one trusted is looked at like any other`() throws {
        _ = try setting.take(try setting.server.bundle(), directory: setting.directory(serial: 5))
        let (leaf, alarms) = try log(signedBy: unsigned)
        #expect(alarms == [.directoryUnproven(serial: 2, leaf: leaf, isSuperseded: true)])
    }

    @Test func `the directory given by hand proves the one in the log`() throws {
        _ = try log(signedBy: unsigned)
        let given = setting.directory(serial: 2)
        #expect(try setting.take(try setting.server.bundle(), directory: given).alarms == [])
    }

    @Test func `a second one of the trusted serial accuses the roots only when they signed it`()
        throws
    {
        let trusted = setting.directory(serial: 2, expires: TestDesk.today.adding(9))
        _ = try setting.take(try setting.server.bundle(), directory: trusted)
        let (leaf, alarms) = try log(signedBy: unsigned)
        #expect(alarms == [.directoryUnproven(serial: 2, leaf: leaf, isSuperseded: false)])
        let found = try setting.take(try whole(at: leaf)).alarms
        #expect(found == [.directoryContradicts(serial: 2, leaf: leaf)])
        #expect(try #require(found.first).text.contains("which of the two they signed"))
    }

    @Test func `the trusted one under another serial is none, and itself ends no alarm`() throws {
        let leaf = UInt64(setting.server.leaves.count)
        let trusted = setting.directory()
        setting.server.close(TestDesk.today.adding(1), directory: trusted, serial: 5)
        let alarms = [Alarm.directoryRefused(serial: 5, leaf: leaf)]
        #expect(try setting.take(try setting.server.bundle()).alarms == alarms)
        #expect(try setting.take(try setting.server.bundle(), directory: trusted).alarms == alarms)
    }

    @Test func `one of another deployment is none, whoever signed it`() throws {
        let text = setting.directoryText(
            serial: 2,
            deployment: "elders.example",
            organisation: "elders"
        )
        let (leaf, alarms) = try log(signedBy: setting.roots.sign(text))
        #expect(alarms == [.directoryRefused(serial: 2, leaf: leaf)])
    }

    @Test func `a later stick without it does not change what is wrong with it`() throws {
        let (leaf, alarms) = try log(signedBy: unsigned)
        let place = Int(leaf)
        let without = try setting.server.bundle(from: place, missing: [place])
        #expect(try setting.take(without).alarms == alarms)
    }

    @Test func `each alarm says whose doing it can be`() {
        let ofRoots = Alarm.directoryExpired(TestDesk.today).text
        #expect(ofRoots.contains("no sign of a dishonest server"))
        let ofServer = Alarm.directoryFell(serial: 1, before: 2, leaf: 3).text
        #expect(ofServer.contains("Nobody but the server can have done this"))
        let texts = [
            ofRoots, ofServer, Alarm.directoryMissing(serial: 2, leaf: 3).text,
            Alarm.directoryRefused(serial: 2, leaf: 3).text,
            Alarm.directoryContradicts(serial: 2, leaf: 3).text,
            Alarm.directoryUnproven(serial: 2, leaf: 3, isSuperseded: false).text,
        ]
        #expect(Set(texts).count == texts.count)
        #expect(texts.allSatisfy { $0.contains("must") })
    }
}
