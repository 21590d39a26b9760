import GRDB
import SealedIntake

/// Holds the body that was moved to its leaf to the digest in the leaf.
///
/// What one wrong bit spoiled is mended. What is otherwise wrong stays where it is, since nobody but
/// a person may give it up; an envelope travels nowhere, a reply can be opened by nobody. What is not
/// here at all is noted as lost.
struct MovedBody {
    /// Where a body lies.
    enum Place: String {
        case text = "text_body"
        case reply

        /// The bytes of a body.
        var size: Int { self == .text ? EnvelopeClass.text.size : EnvelopeClass.reply.size }
    }

    let database: Database
    let place: Place

    /// Whether the body at an index is what was logged.
    func keep(at index: UInt64, _ digest: Digest, _ mending: inout BitMending) throws -> Bool {
        let found = try bytes(at: index)
        if let found, let whole = mending.whole(found, digest, size: place.size) {
            guard whole != found else { return true }
            try execute("UPDATE \(place.rawValue) SET body = ?2 WHERE position = ?1", index, whole)
            return true
        }
        if found == nil { try execute("INSERT INTO lost (position) VALUES (?)", index) }
        return false
    }

    /// Whether what was logged is at an index; something else in its place makes room for it.
    func isHeld(at index: UInt64, _ digest: Digest) throws -> Bool {
        guard let found = try bytes(at: index) else { return false }
        guard Digest(native: found) != digest else { return true }
        try execute("DELETE FROM \(place.rawValue) WHERE position = ?", index)
        return false
    }

    private func bytes(at index: UInt64) throws -> [UInt8]? {
        let query = "SELECT body FROM \(place.rawValue) WHERE position = ?"
        let statement = try database.cachedStatement(sql: query)
        return try Blob.fetchOne(statement, arguments: [index.column])?.bytes
    }

    private func execute(_ query: String, _ index: UInt64, _ body: [UInt8]? = nil) throws {
        let arguments: StatementArguments = [index.column] + (body.map { [Blob($0)] } ?? [])
        try database.cachedStatement(sql: query).execute(arguments: arguments)
    }
}
