import GRDB
import SealedIntake

/// Holds the body that was moved to its leaf to the digest in the leaf.
///
/// What one wrong bit spoiled is mended; what cannot be is lost, like anything else that is not
/// here: it is taken away and noted, so that nothing of it travels and all the rest does.
struct MovedBody {
    /// Where a body lies.
    enum Place: String {
        case text = "text_body"
        case reply
    }

    let database: Database
    let place: Place
    /// Whether one wrong bit is looked for: it takes a second, in which nothing else is written.
    var mends = true

    /// Whether the body at an index is here; false also where nothing was moved.
    func keep(at index: UInt64, _ digest: Digest) throws -> Bool {
        let found = try Blob.fetchOne(
            try database.cachedStatement(
                sql: "SELECT body FROM \(place.rawValue) WHERE position = ?"
            ),
            arguments: [index.column]
        )
        if let found, let whole = whole(found.bytes, digest) {
            guard whole != found.bytes else { return true }
            try execute("UPDATE \(place.rawValue) SET body = ?2 WHERE position = ?1", index, whole)
            return true
        }
        try execute("DELETE FROM \(place.rawValue) WHERE position = ?", index)
        try execute("INSERT INTO lost (position) VALUES (?)", index)
        return false
    }

    private func whole(_ bytes: [UInt8], _ digest: Digest) -> [UInt8]? {
        guard Digest(native: bytes) != digest else { return bytes }
        let size = place == .text ? EnvelopeClass.text.size : EnvelopeClass.reply.size
        return mends && bytes.count == size ? digest.restoring(bytes) : nil
    }

    private func execute(_ query: String, _ index: UInt64, _ body: [UInt8]? = nil) throws {
        let arguments: StatementArguments = [index.column] + (body.map { [Blob($0)] } ?? [])
        try database.cachedStatement(sql: query).execute(arguments: arguments)
    }
}
