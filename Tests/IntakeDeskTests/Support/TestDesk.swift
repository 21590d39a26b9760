import IntakeConsole
import Stage
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// A desk with a real vault file, its server's bytes and the directory between them.
final class TestDesk {
    static let today = Day(number: 20_780)
    static let words = "correct horse battery staple"

    let folder: TestFolder
    let roots: PaperRoots
    let server: TestServer
    let organisation: OrganisationID
    let desk: Desk
    let lines: [String]
    /// The decision tree that the directory names.
    var tree = Digest(of: [])

    init(epochs: [Day] = [TestDesk.today.adding(60), TestDesk.today.adding(120)]) throws {
        folder = try TestFolder()
        roots = PaperRoots(threshold: 2)
        organisation = try #require(OrganisationID(ascii: ascii("nl-vi")))
        server = TestServer(organisation: organisation)
        let plan = DeskPlan(
            organisation: organisation,
            deployment: ascii(TestServer.deployment),
            roots: roots.file,
            epochs: epochs,
            cost: .least
        )
        desk = try Desk.create(
            vault: folder.file("desk.vault"),
            passphrase: Self.passphrase(),
            plan: plan
        )
        lines = try desk.directoryLines()
    }

    static func passphrase(_ words: String = TestDesk.words) -> SecretBytes {
        SecretBytes(copying: ascii(words))
    }

    /// The text of a directory that lists this desk.
    func directoryText(
        serial: UInt64 = 1,
        expires: Day = TestDesk.today.adding(30),
        deployment: String = TestServer.deployment,
        organisation other: String = "nl-vi",
        besides neighbours: [PaperOrganisation] = []
    ) -> [UInt8] {
        var keys = lines
        if other != "nl-vi" {
            let key = VerifierKey(
                name: ascii("\(other).\(deployment)"),
                key: SigningKeyPair.random().publicKey
            )
            keys = lines.filter { $0.hasPrefix("seal") } + [PaperListing.desk(key)]
        }
        var directory = server.directory(of: deployment)
        (directory.serial, directory.expires, directory.tree) = (serial, expires, tree)
        directory.listings = [PaperListing(id: other, name: "Vertrouwensinspecteurs", keys: keys)]
        for neighbour in neighbours {
            var listing = neighbour.listing(until: day("2030-01-01"))
            listing.name = "Buren"
            directory.listings.append(listing)
        }
        return directory.text
    }

    func directory(
        serial: UInt64 = 1,
        expires: Day? = nil,
        besides neighbours: [PaperOrganisation] = []
    ) -> SignedNote {
        roots.sign(
            directoryText(
                serial: serial,
                expires: expires ?? Self.today.adding(30),
                besides: neighbours
            )
        )
    }

    /// The sealing key of an epoch.
    func key(_ epoch: Int = 0) -> SealingPublicKey { desk.identity.ring.publicKeys[epoch] }

    func reporter() -> TestReporter { TestReporter(organisation: organisation) }

    /// Writes a bundle to the stick and takes it.
    func take(
        _ bundle: [UInt8],
        directory: SignedNote? = nil,
        acceptedStart: UInt64? = nil,
        today: Day? = nil
    ) throws -> ImportOutcome {
        let path = try folder.write(bundle, "in.bundle")
        let options = ImportOptions(
            today: today ?? server.today,
            directory: directory?.bytes,
            acceptedStart: acceptedStart
        )
        return try desk.take(bundle: path, options: options)
    }

    /// Takes the first bundle, with one report; answers the name of its thread.
    func takeReport(of reporter: TestReporter) throws -> String {
        let sent = [reporter.send("help", to: key())]
        server.close(TestDesk.today, directory: directory(), sent: sent)
        _ = try take(try server.bundle(), directory: directory())
        return String(String(utf8: reporter.keys.threadDigest.hex).prefix(8))
    }

    /// What the stick carries out, read as the server reads it.
    func export() throws -> (bundle: OutBundle, objects: [[UInt8]], bytes: [UInt8]) {
        _ = try desk.export(to: folder.file("out.bundle"), today: Self.today)
        let bytes = try folder.read("out.bundle")
        var source = ArraySource(bytes)
        let listed = try Directory(text: directoryText())
        let bundle = try OutBundle(from: &source, directory: listed)
        var objects: [[UInt8]] = []
        for row in bundle.rows where row.objectSize > 0 {
            objects.append(try OutBundle.object(of: row, from: &source))
        }
        #expect(source.read(1).isEmpty)
        return (bundle, objects, bytes)
    }

    /// The log at a size as this desk cosigns it, without its vault knowing: in a life it lost.
    func witness(of size: Int) throws -> SignedNote {
        let note = try server.checkpoint(of: size).note
        return try desk.vault.read { cells in
            let signer = try desk.identity.signer(from: cells)
            return signer.cosigning(note, day: TestDesk.today)
        }
    }

    /// The type 7 leaf of this desk for a size.
    func acknowledgement(of size: Int) throws -> Leaf {
        let digest = try server.checkpoint(of: size).note.digest
        return .acknowledgement(organisation, size: UInt64(size), digest: digest)
    }

    /// Everything the vault holds but the journal and the count of its rows.
    func contents() throws -> [CellPlace: [UInt8]] {
        try desk.vault.read { cells in
            var contents: [CellPlace: [UInt8]] = [:]
            for table in VaultTable.allCases where table != .journal {
                for column in table.columns {
                    try cells.eachRow(of: table, column) { row, bytes in
                        contents[CellPlace(table: table, row: row, column: column)] = bytes
                    }
                }
            }
            let census = Setting.census.rawValue
            contents[CellPlace(table: .setting, row: census, column: .record)] = nil
            return contents
        }
    }

    /// At which entry a bundle is refused for telling another history; nil when it is not.
    func otherHistory(in bundle: [UInt8]) throws -> UInt64? {
        do throws(any Error) {
            _ = try take(bundle)
            return nil
        } catch ContainerError.otherHistory(let index, _) {
            return index
        }
    }

    /// The proof files beside the vault, by name.
    func proofs() throws -> [String: [UInt8]] {
        try folder.contents().filter { $0.key.hasPrefix("desk.vault.contradiction-") }
    }

    var deskKeys: [SigningPublicKey] { [desk.identity.deskKey.key] }
}
