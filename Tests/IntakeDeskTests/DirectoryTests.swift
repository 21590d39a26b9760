import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// Which directories a desk believes, by hand and from the log.
@Suite struct DirectoryTests {
    let setting: TestDesk

    init() throws {
        setting = try TestDesk()
        setting.server.close(TestDesk.today)
    }

    private func refuse(
        _ note: [UInt8],
        _ expected: DirectoryError,
        saying words: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let before = try setting.folder.read("desk.vault")
        let path = try setting.folder.write(try setting.server.bundle(), "in.bundle")
        let options = ImportOptions(today: TestDesk.today, directory: note)
        let error = expected
        #expect(throws: error, sourceLocation: sourceLocation) {
            try setting.desk.take(bundle: path, options: options)
        }
        #expect(error.clause.contains(words), "\(error.clause)", sourceLocation: sourceLocation)
        #expect(try setting.folder.read("desk.vault") == before, sourceLocation: sourceLocation)
    }

    @Test func `one root is too few, and one root twice is still one`() throws {
        let text = setting.directoryText()
        let alone = setting.roots.one.note(text)
        let fault = DirectoryError.tooFewRoots(found: 1, needed: 2)
        try refuse(alone.bytes, fault, saying: "signed by 1 of the pinned roots, it must be 2")
        try refuse(setting.roots.one.signing(alone).bytes, fault, saying: "must be 2")
        let stranger = NoteSigner(name: ascii("two.roots"), pair: .random())
        try refuse(stranger.signing(alone).bytes, fault, saying: "must be 2")
    }

    @Test func `a text changed after signing is refused`() throws {
        var bytes = setting.directory().bytes
        let place = try #require(bytes.firstRange(of: ascii("batch 4")))
        bytes[place.upperBound - 1] = 0x35
        try refuse(bytes, .note(.badSignature), saying: "does not hold")
    }

    @Test func `an expired directory is refused, on its last day it is not`() throws {
        let yesterday = TestDesk.today.previous
        let text = setting.directoryText(expires: yesterday)
            .split(separator: 0x0A).map { [UInt8]($0) }
            .map { $0.starts(with: ascii("issued")) ? ascii("issued 2026-01-01") : $0 }
            .reduce(into: [UInt8]()) { $0 += $1 + [0x0A] }
        try refuse(setting.roots.sign(text).bytes, .expired(yesterday), saying: "has expired on")
        let last = setting.directory(expires: TestDesk.today)
        #expect(try setting.take(try setting.server.bundle(), directory: last).alarms.isEmpty)
    }

    @Test func `no note, another deployment, another list`() throws {
        try refuse(setting.directoryText(), .note(.malformed), saying: "no signed note")
        let elsewhere = setting.roots.sign(setting.directoryText(deployment: "other.example"))
        #expect(throws: DirectoryError.self) {
            try setting.take(try setting.server.bundle(), directory: elsewhere)
        }
        let others = setting.roots.sign(setting.directoryText(organisation: "helpdesk"))
        #expect(
            throws: DirectoryError.notListed(try #require(OrganisationID(ascii: ascii("nl-vi"))))
        ) {
            try setting.take(try setting.server.bundle(), directory: others)
        }
    }

    @Test func `a lower serial and a second directory of one serial are refused`() throws {
        let five = setting.directory(serial: 5)
        _ = try setting.take(try setting.server.bundle(), directory: five)
        try refuse(
            setting.directory(serial: 4).bytes,
            .staleSerial(found: 4, known: 5),
            saying: "serial 4, it must be at least 5"
        )
        let other = setting.directory(serial: 5, expires: TestDesk.today.adding(9))
        try refuse(other.bytes, .contradiction, saying: "same serial")
        _ = try setting.take(try setting.server.bundle(), directory: five)
        _ = try setting.take(try setting.server.bundle(), directory: setting.directory(serial: 6))
    }

    private func trusted() throws -> UInt64? {
        try setting.desk.vault.read { cells in
            try DirectoryTrust(reading: cells, identity: setting.desk.identity)
                .trusted?.directory.serial
        }
    }

    @Test func `a newer directory in the log is taken under the pinned roots`() throws {
        let newer = setting.directory(serial: 2)
        setting.server.close(TestDesk.today.adding(1), directory: newer, serial: 2)
        let outcome = try setting.take(
            try setting.server.bundle(),
            directory: setting.directory()
        )
        #expect(outcome.alarms.isEmpty)
        #expect(try trusted() == 2)
    }

    @Test func `a directory that does not travel is alarmed until it comes, and confirmed`()
        throws
    {
        let place = setting.server.leaves.count
        let newer = setting.directory(serial: 2)
        setting.server.close(TestDesk.today.adding(1), directory: newer, serial: 2)
        let outcome = try setting.take(
            try setting.server.bundle(missing: [place]),
            directory: setting.directory()
        )
        #expect(outcome.alarms == [.directoryMissing(serial: 2, leaf: UInt64(place))])
        #expect(outcome.cosigned == UInt64(setting.server.leaves.count))
        #expect(try trusted() == 1)
        let later = try setting.take(try setting.server.bundle())
        #expect(later.alarms.isEmpty)
        #expect(try trusted() == 2)
    }

    @Test func `a directory the roots did not sign changes nothing but the alarms`() throws {
        let forged = setting.roots.one.note(setting.directoryText(serial: 2))
        let place = UInt64(setting.server.leaves.count)
        setting.server.close(TestDesk.today.adding(1), directory: forged, serial: 2)
        let outcome = try setting.take(
            try setting.server.bundle(),
            directory: setting.directory()
        )
        #expect(
            outcome.alarms == [.directoryUnproven(serial: 2, leaf: place, isSuperseded: false)]
        )
        #expect(outcome.cosigned == UInt64(setting.server.leaves.count))
        #expect(try trusted() == 1)
    }

    @Test func `a leaf whose serial is not its note's is alarmed`() throws {
        let place = UInt64(setting.server.leaves.count)
        let newer = setting.directory(serial: 2)
        setting.server.close(TestDesk.today.adding(1), directory: newer, serial: 3)
        let outcome = try setting.take(
            try setting.server.bundle(),
            directory: setting.directory()
        )
        #expect(outcome.alarms == [.directoryRefused(serial: 3, leaf: place)])
    }

    @Test func `a falling serial and a contradiction in the log are alarmed`() throws {
        let first = setting.server.leaves.count
        let two = setting.directory(serial: 2)
        let other = setting.directory(serial: 2, expires: TestDesk.today.adding(9))
        setting.server.close(TestDesk.today.adding(1), directory: two, serial: 2)
        setting.server.close(TestDesk.today.adding(2), directory: setting.directory())
        setting.server.close(TestDesk.today.adding(3), directory: other, serial: 2)
        let outcome = try setting.take(
            try setting.server.bundle(),
            directory: setting.directory(),
            today: TestDesk.today.adding(3)
        )
        #expect(
            outcome.alarms == [
                .directoryFell(serial: 1, before: 2, leaf: UInt64(first) + 2),
                .directoryContradicts(serial: 2, leaf: UInt64(first) + 4),
            ]
        )
        #expect(try setting.desk.alarms(today: setting.server.today) == outcome.alarms)
    }

    @Test func `an expired directory is an alarm of every import after it`() throws {
        _ = try setting.take(try setting.server.bundle(), directory: setting.directory())
        let later = TestDesk.today.adding(31)
        let outcome = try setting.take(try setting.server.bundle(), today: later)
        #expect(outcome.alarms == [.directoryExpired(TestDesk.today.adding(30))])
    }

    @Test func `a directory with another desk's keys is alarmed`() throws {
        let stranger = try TestDesk()
        let seal = try #require(stranger.lines.first)
        let desk = try #require(stranger.lines.last)
        let text = String(decoding: setting.directoryText(), as: UTF8.self)
            .replacing(setting.lines[0], with: seal)
            .replacing(try #require(setting.lines.last), with: desk)
        let outcome = try setting.take(
            try setting.server.bundle(),
            directory: setting.roots.sign(ascii(text))
        )
        #expect(outcome.alarms == [.deskKeyNotListed, .sealingKeyNotHeld])
    }
}
