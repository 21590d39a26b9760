import Foundation
import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// Every fault of a container: refused whole, with its line, and nothing but the journal changes.
@Suite struct ContainerTests {
    let setting: TestDesk

    /// A desk that took one day; a second day is in the log and not taken.
    init() throws {
        setting = try TestDesk()
        let first = setting.reporter().send("dag een", to: setting.key())
        setting.server.close(TestDesk.today, directory: setting.directory(), sent: [first])
        _ = try setting.take(try setting.server.bundle(), directory: setting.directory())
        let second = setting.reporter().send("dag twee", to: setting.key())
        setting.server.close(TestDesk.today.adding(1), sent: [second])
    }

    private func refuse(
        _ bundle: [UInt8],
        _ expected: ContainerError,
        saying words: String,
        acceptedStart: UInt64? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let before = try setting.contents()
        let known = try setting.desk.journal().entries.count
        let error = expected
        #expect(throws: error, sourceLocation: sourceLocation) {
            try setting.take(bundle, acceptedStart: acceptedStart)
        }
        #expect(
            try setting.contents() == before,
            "the vault changed",
            sourceLocation: sourceLocation
        )
        let noted = try setting.desk.journal().entries.dropFirst(known)
        let reason = RefusedImport(expected).rawValue
        #expect(
            noted.last
                == JournalEntry(
                    .refused,
                    TestDesk.today,
                    numbers: [reason],
                    digest: Digest(of: bundle)
                ),
            sourceLocation: sourceLocation
        )
        #expect(error.clause.contains(words), "\(error.clause)", sourceLocation: sourceLocation)
        #expect(error.hint != nil, sourceLocation: sourceLocation)
        let isOneLine = !error.clause.contains("\n") && error.clause.last != "."
        #expect(isOneLine, sourceLocation: sourceLocation)
    }

    private func rows(_ change: (inout [InBundle.LeafRow]) -> Void) -> [UInt8] {
        var (rows, _) = setting.server.rows()
        change(&rows)
        return InRows.bytes(before: MerkleTree(), leaves: rows, pieces: [])
    }

    @Test func `the bundle itself would be taken`() throws {
        #expect(try setting.take(try setting.server.bundle()).messages == 1)
    }

    @Test func `what is no bundle`() throws {
        let magic = ContainerError.bundle(.wrongMagic)
        try refuse(ascii("PK\u{3}\u{4} holiday pictures"), magic, saying: "SIB1")
        try refuse([], .bundle(.cut), saying: "the bundle is cut, it must be whole")
    }

    @Test func `a file cut anywhere`() throws {
        let bundle = try setting.server.bundle()
        for kept in [3, 6, 40, 300, 600, 900, 1100, bundle.count - 16_384, bundle.count - 1] {
            try refuse([UInt8](bundle.prefix(kept)), .bundle(.cut), saying: "cut")
        }
    }

    @Test func `something behind the end`() throws {
        let bundle = try setting.server.bundle() + [0]
        try refuse(bundle, .bundle(.tooLong), saying: "behind the end")
    }

    @Test func `a note longer than 64 KiB`() throws {
        let bundle = ascii("SIB1") + [0, 1, 0, 1] + [UInt8](repeating: 0x41, count: 70_000)
        try refuse(bundle, .bundle(.noteTooLong), saying: "64 KiB")
    }

    @Test func `a log key the directory does not list`() throws {
        let stranger = TestServer(organisation: setting.organisation)
        stranger.close(TestDesk.today)
        let fault = ContainerError.bundle(.note(.notSigned))
        try refuse(try stranger.bundle(), fault, saying: "not signed by a log key")
    }

    @Test func `a checkpoint of a stranger under our manifest, and the other way round`() throws {
        let stranger = TestServer(organisation: setting.organisation)
        stranger.close(TestDesk.today)
        let fault = ContainerError.bundle(.note(.notSigned))
        let rows = rows { _ in }
        let mixed = try setting.server.forged(
            rows: rows,
            checkpoint: try stranger.checkpoint().note
        )
        try refuse(mixed, fault, saying: "not signed by a log key")
        let other = try stranger.forged(
            rows: rows,
            checkpoint: try setting.server.checkpoint().note
        )
        try refuse(other, fault, saying: "not signed by a log key")
    }

    @Test func `a text changed under its signature`() throws {
        var bundle = try setting.server.bundle()
        let size = try #require(bundle.firstRange(of: ascii("\n5\n")))
        bundle[size.lowerBound + 1] = 0x36
        try refuse(bundle, .bundle(.note(.badSignature)), saying: "does not hold")
    }

    @Test func `a bundle for another organisation`() throws {
        let other = try #require(OrganisationID(ascii: ascii("helpdesk")))
        let bundle = try setting.server.forged(rows: rows { _ in }, organisation: other)
        try refuse(bundle, .bundle(.otherOrganisation), saying: "for this desk")
    }

    @Test func `a checkpoint of another deployment`() throws {
        let text = Checkpoint(origin: ascii("other.example"), size: 5, root: Digest(of: [])).text
        let note = setting.server.log.note(text)
        let bundle = try setting.server.forged(rows: [], checkpoint: note)
        try refuse(bundle, .bundle(.note(.otherOrigin)), saying: "another deployment")
    }

    @Test func `a manifest that ends elsewhere than its checkpoint`() throws {
        let bundle = try setting.server.forged(rows: rows { $0.removeLast() }, to: 4)
        try refuse(bundle, .bundle(.badManifest), saying: "manifest")
    }

    @Test func `rows that are not those signed`() throws {
        var bundle = try setting.server.bundle()
        let place = try #require(bundle.firstRange(of: setting.server.leaves[0].bytes))
        bundle[place.upperBound - 1] ^= 1
        try refuse(bundle, .bundle(.rowsDigest), saying: "not those that were signed")
    }

    @Test func `leaves that do not give the checkpoint's root`() throws {
        let bundle = try setting.server.forged(rows: rows { $0.swapAt(1, 3) })
        try refuse(bundle, .bundle(.wrongRoot), saying: "do not give the root")
    }

    @Test func `a leaf of an unknown type`() throws {
        var bytes = rows { _ in }
        bytes[1] = 9
        let bundle = try setting.server.forged(rows: bytes)
        try refuse(bundle, .bundle(.leaf(.unknownType)), saying: "unknown type")
    }

    @Test func `an own object of another length`() throws {
        let short = rows { $0[1] = InBundle.LeafRow(leaf: $0[1].leaf, size: 16_383) }
        try refuse(
            try setting.server.forged(rows: short, objects: [UInt8](repeating: 0, count: 40_000)),
            .bundle(.badRow),
            saying: "row"
        )
    }

    @Test func `an object where none belongs`() throws {
        let extra = rows { $0[2] = InBundle.LeafRow(leaf: $0[2].leaf, size: 16_384) }
        try refuse(try setting.server.forged(rows: extra), .bundle(.badRow), saying: "row")
    }

    @Test func `an envelope changed on the way`() throws {
        var bundle = try setting.server.bundle()
        bundle[bundle.count - 20_000] ^= 0x10
        try refuse(bundle, .bundle(.wrongObject), saying: "not the one that was signed")
    }

    @Test func `a stick that was left out in between`() throws {
        let held = setting.server.leaves.count
        setting.server.close(TestDesk.today.adding(2))
        let fault = ContainerError.stickMissing(from: UInt64(held), to: UInt64(held) + 1, held: 3)
        try refuse(try setting.server.bundle(from: held), fault, saying: "must begin at 3")
        #expect(fault.hint?.contains("intake-server export --from 3") == true)
    }

    @Test func `a start accepted by another number`() throws {
        try refuse(
            try setting.server.bundle(),
            .otherStart(given: 3, found: 0),
            saying: "begins at leaf 0, not at 3",
            acceptedStart: 3
        )
    }

    @Test func `no directory yet`() throws {
        let fresh = try TestDesk()
        fresh.server.close(TestDesk.today)
        #expect(throws: ContainerError.noDirectory) {
            try fresh.take(try fresh.server.bundle())
        }
    }

    @Test func `a file that is none`() throws {
        let folder = setting.folder.path
        let options = ImportOptions(today: TestDesk.today)
        #expect(throws: FileError.notAFile(path: folder, kind: .folder)) {
            try setting.desk.take(bundle: folder, options: options)
        }
        #expect(throws: FileError.self) {
            try setting.desk.take(bundle: folder + "/nothing", options: options)
        }
    }

    @Test func `a file exchanged while it is read`() throws {
        let path = try setting.folder.write(try setting.server.bundle(), "in.bundle")
        let before = try setting.desk.threads()
        let options = ImportOptions(today: TestDesk.today)
        #expect(throws: ContainerError.changedWhileReading) {
            try setting.desk.take(bundle: path, options: options) { step, _, _ in
                guard step == .opening, let file = FileHandle(forWritingAtPath: path) else {
                    return
                }
                file.seekToEndOfFile()
                file.seek(toFileOffset: file.offsetInFile - 16_384)
                file.write(Data(repeating: 0, count: 16_384))
            }
        }
        #expect(try setting.desk.threads() == before)
        #expect(try setting.take(try setting.server.bundle()).messages == 1)
    }

    @Test func `one bit changed in any byte before the objects is refused`() throws {
        let bundle = try setting.server.bundle()
        let (_, objects) = setting.server.rows()
        let before = try setting.folder.read("desk.vault")
        for place in 0..<(bundle.count - objects.count) {
            var changed = bundle
            changed[place] ^= 1 << UInt8(place % 8)
            let path = try setting.folder.write(changed, "in.bundle")
            #expect(throws: ContainerError.self, "byte \(place)") {
                try VerifiedBundle(
                    path: path,
                    identity: setting.desk.identity,
                    logKeys: [setting.server.log.verifierKey],
                    progress: { _, _, _ in }
                )
            }
        }
        #expect(try setting.folder.read("desk.vault") == before)
    }
}
