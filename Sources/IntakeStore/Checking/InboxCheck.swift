import GRDB
import SealedIntake

/// Verifies what no close has taken yet, and what desks acknowledged.
struct InboxCheck {
    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    /// Reads every waiting object once.
    func run(_ report: inout CheckReport) throws {
        report.waiting += try submissions(&report)
        let (text, reply) = (EnvelopeClass.text.size, EnvelopeClass.reply.size)
        report.waiting += try objects("reply_inbox", size: reply, .reply, &report)
        report.waiting += try objects("transfer_inbox", size: text, .transfer, &report)
        try senders()
        try acknowledgements()
        guard try Row.fetchOne(database, sql: Self.beyond) == nil else {
            throw StoreError.damaged(.progressBeyond)
        }
        guard try Row.fetchOne(database, sql: Self.strays) == nil else {
            throw StoreError.damaged(.waitingStray)
        }
        let end = try UnderwayClose.firstLeaf(in: database)
        for query in Self.twice {
            guard try Row.fetchOne(database, sql: query, arguments: [end.column]) == nil else {
                throw StoreError.damaged(.waitingLogged)
            }
        }
        guard try Row.fetchOne(database, sql: Self.groundless) == nil else {
            throw StoreError.damaged(.waitingWithdrawal)
        }
    }

    private func submissions(_ report: inout CheckReport) throws -> Int {
        var count = 0
        let rows = try Row.fetchCursor(database, sql: Self.waitingSubmissions)
        while let row = try rows.next() {
            let envelopeClass = EnvelopeClass(rawValue: UInt8(clamping: row[0] as Int64))
            let body: Blob? = row[2]
            // A close that is under way and signed removes the body, then the row.
            if body == nil, row[5] { continue }
            guard let body, body.bytes.count == envelopeClass?.size,
                Digest(of: body.bytes).bytes == row.bytes(1),
                OrganisationID(padded: row.bytes(3)) != nil, row.bytes(4).count == Tag.count
            else {
                report.damage.append(.waitingChanged(.envelope))
                continue
            }
            count += 1
        }
        return count
    }

    private func objects(
        _ table: String,
        size: Int,
        _ kind: StoreDamage.Waiting,
        _ report: inout CheckReport
    ) throws -> Int {
        var count = 0
        let query = "SELECT digest, body, organisation, tag FROM \(table)"
        let rows = try Row.fetchCursor(database, sql: query)
        while let row = try rows.next() {
            let body = row.bytes(1)
            guard body.count == size,
                Digest(of: body).bytes == row.bytes(0),
                OrganisationID(padded: row.bytes(2)) != nil, row.bytes(3).count == Tag.count
            else {
                report.damage.append(.waitingChanged(kind))
                continue
            }
            count += 1
        }
        return count
    }

    /// Empty is the sender of what came before senders were kept.
    private func senders() throws {
        let query = "SELECT DISTINCT sender FROM transfer_inbox WHERE sender <> X''"
        let rows = try Row.fetchAll(database, sql: query)
        guard rows.allSatisfy({ OrganisationID(padded: $0.bytes(0)) != nil }) else {
            throw StoreError.damaged(.waitingOfNobody)
        }
    }

    private func acknowledgements() throws {
        let size = try StoredCheckpoint.newest(in: database).tree.size
        let directory = try InstalledDirectory.newest(in: database)?.directory
        let query = "SELECT organisation, logged FROM acknowledgement"
        for row in try Row.fetchAll(database, sql: query) {
            let organisation = try row.organisation(0)
            guard let said = try Acknowledgement.fetch(organisation, in: database) else {
                continue
            }
            guard said.have <= size, said.size <= size else {
                throw StoreError.damaged(.deskAhead(organisation))
            }
            let logged = try logged(organisation)
            guard logged == nil || logged == row.index(1) else {
                throw StoreError.damaged(.deskOther(organisation))
            }
            guard said.size > 0 else { continue }
            let keys = directory?.organisation(organisation)?.deskKeys
            guard try isCosigned(said, by: keys) else {
                throw StoreError.damaged(.deskCosignature(organisation))
            }
        }
    }

    /// The size in the newest type 7 leaf; nil where that may have been erased.
    private func logged(_ organisation: OrganisationID) throws -> UInt64? {
        let leaf = try Row.fetchOne(
            database,
            sql: """
                SELECT MAX(tag) FROM leaf WHERE type = 7 AND organisation = ? AND +position < ?
                """,
            arguments: [
                Blob(organisation), try StoredCheckpoint.newest(in: database).tree.size.column,
            ]
        )
        guard let leaf, leaf[0] as Blob? != nil else {
            return try LogReader(database).firstHeld() > 0 ? nil : 0
        }
        return try leaf.number(0)
    }

    /// Of an organisation that is not listed any more only the checkpoint is held to the log.
    private func isCosigned(_ said: Acknowledgement, by keys: [VerifierKey]?) throws -> Bool {
        let held = try StoredCheckpoint.newest(upTo: said.size, in: database)
        guard let note = said.note, held.tree.size == said.size, note.text == held.note.text
        else { return false }
        guard let keys else { return true }
        let signers = try? note.signers(among: keys.map(\.cosigner))
        return signers?.isEmpty == false
    }

    private static let beyond = """
        SELECT 1
        FROM progress
        WHERE MAX(overdue, swept) > (SELECT MAX(size) FROM checkpoint)
        """

    private static let waitingSubmissions = """
        SELECT inbox.class, inbox.digest, inbox_body.body, inbox.organisation, inbox.tag, EXISTS (
            SELECT 1
            FROM closing
            CROSS JOIN leaf ON +leaf.position >= closing.size
                AND +leaf.position < (SELECT MAX(size) FROM checkpoint)
            WHERE leaf.type = 1 AND leaf.tag = inbox.tag
                AND leaf.organisation = inbox.organisation AND leaf.digest = inbox.digest
        )
        FROM inbox
        LEFT JOIN inbox_body ON inbox_body.id = inbox.body
        """

    private static let strays = """
        SELECT 1
        FROM inbox_body
        WHERE id NOT IN (SELECT body FROM inbox)
        """

    /// Reporters and desks choose tags: after a recovery another envelope may wait under a tag that
    /// is logged, and is logged too.
    private static let twice = [
        ("inbox", "1"), ("reply_inbox", "2"), ("transfer_inbox", "5"), ("withdrawal_inbox", "8"),
    ].map { table, type in
        """
        SELECT 1
        FROM \(table) AS waiting
        JOIN leaf ON leaf.tag = waiting.tag AND leaf.organisation = waiting.organisation
        WHERE leaf.type = \(type) AND leaf.digest = waiting.digest AND +leaf.position < ?
        """
    }

    private static let groundless = """
        SELECT 1
        FROM withdrawal_inbox AS waiting
        WHERE NOT EXISTS (
            SELECT 1
            FROM reply_inbox AS reply
            WHERE reply.organisation = waiting.organisation AND reply.tag = waiting.tag
                AND reply.digest = waiting.digest
        ) AND NOT EXISTS (
            SELECT 1
            FROM leaf
            WHERE leaf.type = 2 AND leaf.organisation = waiting.organisation
                AND leaf.tag = waiting.tag AND leaf.digest = waiting.digest
        )
        """
}
