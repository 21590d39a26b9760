/// What the desk key signs of an out-bundle.
struct OutManifest {
    let organisation: OrganisationID
    let have: UInt64
    let shards: UInt32
    let acknowledgement: OutBundle.Acknowledgement
    let rowsDigest: Digest
    let rowCount: UInt32

    init(
        organisation: OrganisationID,
        have: UInt64,
        shards: UInt32,
        acknowledgement: OutBundle.Acknowledgement,
        rowsDigest: Digest,
        rowCount: UInt32
    ) {
        self.organisation = organisation
        self.have = have
        self.shards = shards
        self.acknowledgement = acknowledgement
        self.rowsDigest = rowsDigest
        self.rowCount = rowCount
    }

    init(text: [UInt8]) throws(NoteError) {
        var lines = ManifestLines(text)
        guard lines.next() == label("out") else { throw .badText }
        let name = try lines.words(after: "organisation", 1)
        let have = try lines.words(after: "have", 1)
        let shardWords = try lines.words(after: "shards", 1)
        let ack = try lines.words(after: "ack", 2)
        let rows = try lines.words(after: "rows", 2)
        guard let organisation = OrganisationID(ascii: name[0]),
            let have = Decimal.decode(have[0]),
            let shards = Decimal.decode(shardWords[0]).flatMap({ UInt32(exactly: $0) }),
            Directory.isShardCount(shards), let size = Decimal.decode(ack[0]),
            let root = Hex.decode(ack[1]).flatMap({ Digest(bytes: $0) }),
            let digest = Hex.decode(rows[0]).flatMap({ Digest(bytes: $0) }),
            let count = Decimal.decode(rows[1]).flatMap({ UInt32(exactly: $0) }),
            lines.isAtEnd, size > 0 || root == MerkleTree().root
        else { throw .badText }
        self.init(
            organisation: organisation,
            have: have,
            shards: shards,
            acknowledgement: OutBundle.Acknowledgement(size: size, root: root),
            rowsDigest: digest,
            rowCount: count
        )
    }

    var text: [UInt8] {
        let size = Decimal.encode(acknowledgement.size)
        let lines = [
            label("out"),
            ascii("organisation ") + organisation.ascii,
            ascii("have ") + Decimal.encode(have),
            ascii("shards ") + Decimal.encode(UInt64(shards)),
            ascii("ack ") + size + [0x20] + acknowledgement.root.hex,
            ascii("rows ") + rowsDigest.hex + [0x20] + Decimal.encode(UInt64(rowCount)),
        ]
        return lines.reduce(into: []) { $0 += $1 + [0x0A] }
    }

    /// Reads as many rows as were signed, and holds them to their digest and order.
    func rows<Source: ByteSource>(from source: inout Source) throws(BundleError) -> [OutRow] {
        guard Int(rowCount) <= OutLimits.rows else { throw .badManifest }
        let bytes = try source.exactly(Int(rowCount) * OutRow.count)
        guard Digest(of: bytes) == rowsDigest else { throw .rowsDigest }
        var reader = ByteReader(bytes)
        var rows: [OutRow] = []
        for _ in 0..<rowCount {
            guard let read = try? OutRow(from: &reader, desk: organisation, shards: shards) else {
                throw .badRow
            }
            if let last = rows.last {
                guard last.order.lexicographicallyPrecedes(read.order) else { throw .badRow }
            }
            rows.append(read)
        }
        return rows
    }
}
