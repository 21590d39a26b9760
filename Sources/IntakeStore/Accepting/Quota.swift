import GRDB
import SealedIntake

/// How many submissions each organisation got on one day.
struct Quota: Sendable {
    private let limits: Limits
    private var day: Day?
    private var texts: [OrganisationID: Int] = [:]
    private var pieces: [OrganisationID: Int] = [:]

    init(limits: Limits) {
        self.limits = limits
    }

    /// Counts what the store holds of `day`, once a day.
    mutating func begin(_ day: Day, in database: Database) throws {
        guard self.day != day else { return }
        texts = try Self.count(Self.textsOfDay, day, in: database)
        pieces = try Self.count(Self.piecesOfDay, day, in: database)
        self.day = day
    }

    /// Whether one more of a class is taken.
    func allows(_ envelopeClass: EnvelopeClass, for organisation: OrganisationID) -> Bool {
        total(organisation) < limit(of: envelopeClass)
    }

    /// Counts one that was taken.
    mutating func add(_ envelopeClass: EnvelopeClass, for organisation: OrganisationID) {
        if envelopeClass == .piece {
            pieces[organisation, default: 0] += 1
        } else {
            texts[organisation, default: 0] += 1
        }
    }

    /// Whether some organisation takes no more of a class on `day`.
    func isClosedSomewhere(_ envelopeClass: EnvelopeClass, on day: Day) -> Bool {
        guard self.day == day else { return false }
        return Set(texts.keys).union(pieces.keys)
            .contains { !allows(envelopeClass, for: $0) }
    }

    private func total(_ organisation: OrganisationID) -> Int {
        texts[organisation, default: 0] + pieces[organisation, default: 0]
    }

    private func limit(of envelopeClass: EnvelopeClass) -> Int {
        envelopeClass == .piece ? limits.dailyWithPieces : limits.daily
    }

    private static func count(
        _ query: String,
        _ day: Day,
        in database: Database
    ) throws -> [OrganisationID: Int] {
        var counts: [OrganisationID: Int] = [:]
        let rows = try Row.fetchCursor(database, sql: query, arguments: [day.column])
        while let row = try rows.next() {
            counts[try row.organisation(0), default: 0] += row[1] as Int
        }
        return counts
    }

    /// Leaves of the day lie behind the newest checkpoint of an earlier day.
    private static let textsOfDay = """
        SELECT organisation, COUNT(*)
        FROM inbox
        WHERE class = 1 AND day = ?1
        GROUP BY organisation
        UNION ALL
        SELECT organisation, COUNT(*)
        FROM leaf
        WHERE position >= (SELECT COALESCE(MAX(size), 0) FROM checkpoint WHERE day < ?1)
            AND type = 1
            AND day = ?1
        GROUP BY organisation
        """

    private static let piecesOfDay = """
        SELECT organisation, COUNT(*)
        FROM inbox
        WHERE class = 2 AND day = ?1
        GROUP BY organisation
        UNION ALL
        SELECT organisation, COUNT(*)
        FROM piece
        WHERE day = ?1
        GROUP BY organisation
        """
}
