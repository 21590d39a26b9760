/// What the log key signs of an in-bundle.
struct InManifest {
    let organisation: OrganisationID
    let from: UInt64
    let to: UInt64
    let rowsDigest: Digest
    let pieceCount: UInt32
    let witnesses: [SignedNote]

    init(
        organisation: OrganisationID,
        from: UInt64,
        to: UInt64,
        rowsDigest: Digest,
        pieceCount: UInt32,
        witnesses: [SignedNote]
    ) {
        self.organisation = organisation
        self.from = from
        self.to = to
        self.rowsDigest = rowsDigest
        self.pieceCount = pieceCount
        self.witnesses = witnesses
    }

    init(text: [UInt8]) throws(NoteError) {
        var lines = ManifestLines(text)
        guard lines.next() == label("in") else { throw .badText }
        let name = try lines.words(after: "organisation", 1)
        guard let organisation = OrganisationID(ascii: name[0]) else { throw .badText }
        let log = try lines.words(after: "log", 2)
        let rows = try lines.words(after: "rows", 2)
        guard let from = Decimal.decode(log[0]), let to = Decimal.decode(log[1]), from <= to,
            let digest = Hex.decode(rows[0]).flatMap({ Digest(bytes: $0) }),
            let count = Decimal.decode(rows[1]).flatMap({ UInt32(exactly: $0) })
        else { throw .badText }
        var witnesses: [SignedNote] = []
        while !lines.isAtEnd {
            let words = try lines.words(after: "witness", 1)
            guard let bytes = Base64.decode(words[0]) else { throw .badText }
            witnesses.append(try SignedNote(bytes: bytes))
        }
        self.init(
            organisation: organisation,
            from: from,
            to: to,
            rowsDigest: digest,
            pieceCount: count,
            witnesses: witnesses
        )
    }

    var text: [UInt8] {
        let lines =
            [
                label("in"),
                ascii("organisation ") + organisation.ascii,
                ascii("log ") + Decimal.encode(from) + [0x20] + Decimal.encode(to),
                ascii("rows ") + rowsDigest.hex + [0x20] + Decimal.encode(UInt64(pieceCount)),
            ] + witnesses.map { ascii("witness ") + Base64.encode($0.bytes) }
        return lines.reduce(into: []) { $0 += $1 + [0x0A] }
    }
}

/// The lines of a manifest, taken one by one.
struct ManifestLines {
    private var reader: ByteReader

    init(_ text: [UInt8]) {
        reader = ByteReader(text)
    }

    var isAtEnd: Bool { reader.isAtEnd }

    mutating func next() -> [UInt8]? { try? reader.line() }

    /// The words of a line after its first, which must be `word`.
    mutating func words(after word: StaticString, _ count: Int) throws(NoteError) -> [[UInt8]] {
        let words = (next() ?? [])
            .split(separator: 0x20, omittingEmptySubsequences: false)
            .map { [UInt8]($0) }
        guard words.count == count + 1, words.first == ascii(word) else { throw .badText }
        return [[UInt8]](words.dropFirst())
    }
}
