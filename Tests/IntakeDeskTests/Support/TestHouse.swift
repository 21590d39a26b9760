import IntakeConsole
import Stage
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// Two desks on one server: `nl-vi`, whose overdue envelopes go to `helpdesk`, and `helpdesk`.
final class TestHouse {
    static let today = TestDesk.today

    let folder: TestFolder
    let roots = PaperRoots(threshold: 2)
    let server: TestServer
    let first: OrganisationID
    let second: OrganisationID
    private var desks: [OrganisationID: Desk] = [:]
    private var lines: [OrganisationID: [String]] = [:]

    init() throws {
        folder = try TestFolder()
        first = try #require(OrganisationID(ascii: ascii("nl-vi")))
        second = try #require(OrganisationID(ascii: ascii("helpdesk")))
        server = TestServer(organisation: first)
        for id in [first, second] {
            let plan = DeskPlan(
                organisation: id,
                deployment: ascii(TestServer.deployment),
                roots: roots.file,
                epochs: [Self.today.adding(60), Self.today.adding(200)],
                cost: .least
            )
            let made = try Desk.create(
                vault: folder.file("\(id).vault"),
                passphrase: TestDesk.passphrase(),
                plan: plan
            )
            desks[id] = made
            lines[id] = try made.directoryLines()
        }
        server.close(Self.today, directory: directory())
        for id in [first, second] { _ = try take(id, directory: directory()) }
    }

    func desk(_ id: OrganisationID) throws -> Desk { try #require(desks[id]) }

    /// The sealing key of an organisation's first epoch.
    func key(_ id: OrganisationID) throws -> SealingPublicKey {
        try desk(id).identity.ring.publicKeys[0]
    }

    /// A directory of both, or of those given.
    func directory(
        serial: UInt64 = 1,
        listing ids: [OrganisationID]? = nil,
        expires: Day = today.adding(365)
    ) -> SignedNote {
        roots.sign(directoryText(serial: serial, listing: ids, expires: expires))
    }

    func directoryText(
        serial: UInt64 = 1,
        listing ids: [OrganisationID]? = nil,
        expires: Day = today.adding(365)
    ) -> [UInt8] {
        let listed = ids ?? [first, second]
        var directory = server.directory()
        (directory.serial, directory.expires) = (serial, expires)
        directory.listings = listed.map { id in
            PaperListing(
                id: "\(id)",
                name: id == first ? "Vertrouwensinspecteurs" : "De Hulplijn",
                keys: lines[id] ?? [],
                escalation: id == first && listed.contains(second) ? "helpdesk after 7" : "none"
            )
        }
        return directory.text
    }

    /// Takes what the log has since `from` at one desk.
    @discardableResult
    func take(
        _ id: OrganisationID,
        from: Int = 0,
        missing: Set<Int> = [],
        directory: SignedNote? = nil,
        today: Day? = nil
    ) throws -> ImportOutcome {
        let bundle = try server.bundle(from: from, missing: missing, for: id)
        return try desk(id).take(
            bundle: try folder.write(bundle, "in.bundle"),
            options: ImportOptions(today: today ?? server.today, directory: directory?.bytes)
        )
    }

    /// What one desk's stick carries out: the rows, and the object of each by its digest.
    func export(
        _ id: OrganisationID,
        today: Day? = nil,
        listing ids: [OrganisationID]? = nil
    ) throws -> (rows: [OutRow], objects: [Digest: [UInt8]], bytes: [UInt8]) {
        _ = try desk(id).export(to: folder.file("out.bundle"), today: today ?? server.today)
        let bytes = try folder.read("out.bundle")
        var source = ArraySource(bytes)
        let listed = try Directory(text: directoryText(listing: ids))
        let bundle = try OutBundle(from: &source, directory: listed)
        var objects: [Digest: [UInt8]] = [:]
        for row in bundle.rows where row.objectSize > 0 {
            objects[row.digest] = try OutBundle.object(of: row, from: &source)
        }
        #expect(source.read(1).isEmpty)
        return (bundle.rows, objects, bytes)
    }

    /// Logs what a stick carried, as the server does, and closes a day.
    func log(
        _ out: (rows: [OutRow], objects: [Digest: [UInt8]], bytes: [UInt8]),
        on day: Day
    ) {
        for row in out.rows {
            switch row.kind {
            case .reply: server.append(.reply(row.organisation, row.tag, row.digest))
            case .withdrawal: server.append(.withdrawal(row.organisation, row.tag, row.digest))
            case .transferred:
                server.append(
                    .transferred(row.organisation, row.tag, row.digest),
                    out.objects[row.digest]
                )
            case .pieceWanted: break
            }
        }
        server.close(day)
    }

    /// A person with one code for both organisations.
    func person() -> TestPerson { TestPerson(first, second) }
}
