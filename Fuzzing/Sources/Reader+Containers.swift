import SealedIntake

extension Reader {
    /// What lies on a stick.
    static let containers = [
        Reader(name: "leaves") { bytes in
            guard let container = Container(bytes, notes: 1) else { return false }
            let note = Signed.byLog(container.notes[0])?.bytes ?? container.notes[0]
            let file = container.written([note], container.rest)
            var source = ArraySource(file)
            guard
                let read = try? LeavesFile(
                    from: &source,
                    origin: Signed.name,
                    logKeys: [Signed.log.verifierKey]
                )
            else { return false }
            let head = LeavesFile.head(checkpoint: read.checkpoint, run: read.run)
            require(file.starts(with: head), "a leaves file has one spelling")
            return true
        },
        Reader(name: "in-bundle") { bytes in
            guard let container = Container(bytes, notes: 2) else { return false }
            let rows = [UInt8](container.rest.prefix(container.inRows))
            let checkpoint = Signed.byLog(container.notes[0])?.bytes ?? container.notes[0]
            let manifest = Signed.manifest(container.notes[1], by: Signed.log, rows: rows)?.bytes
            let notes = [checkpoint, manifest ?? container.notes[1]]
            var source = ArraySource(container.written(notes, container.rest))
            guard let id = OrganisationID(ascii: [UInt8]("nl-vi".utf8)),
                let read = try? InBundle(
                    from: &source,
                    organisation: id,
                    origin: Signed.name,
                    logKeys: [Signed.log.verifierKey]
                )
            else { return false }
            for row in read.rows where row.size > 0 {
                guard (try? InBundle.object(of: row, from: &source)) != nil else { return true }
            }
            for row in read.pieces where row.size > 0 {
                guard (try? InBundle.object(of: row, from: &source)) != nil else { return true }
            }
            _ = try? InBundle.checkEnd(of: &source)
            return true
        },
        Reader(name: "out-bundle") { bytes in
            var reader = ByteReader(bytes)
            guard let length = try? reader.u32(), length <= 65_536,
                let text = try? reader.bytes(Int(length)),
                let directory = try? Directory(text: text),
                let container = Container(reader.rest(), notes: 2)
            else { return false }
            let rows = [UInt8](container.rest.prefix(container.rowCount * OutRow.count))
            let checkpoint = Signed.byBoth(container.notes[0])?.bytes ?? container.notes[0]
            let manifest = Signed.manifest(container.notes[1], by: Signed.desk, rows: rows)?.bytes
            let notes = [checkpoint, manifest ?? container.notes[1]]
            var source = ArraySource(container.written(notes, container.rest))
            guard let read = try? OutBundle(from: &source, directory: directory) else {
                return false
            }
            for row in read.rows where row.objectSize > 0 {
                guard (try? OutBundle.object(of: row, from: &source)) != nil else { return true }
            }
            return true
        },
    ]
}

/// A file of four bytes, notes with their lengths in front, and what follows, whatever it is.
private struct Container {
    let magic: [UInt8]
    let notes: [[UInt8]]
    let rest: [UInt8]

    init?(_ bytes: [UInt8], notes count: Int) {
        var reader = ByteReader(bytes)
        guard let magic = try? reader.bytes(4) else { return nil }
        var notes: [[UInt8]] = []
        for _ in 0..<count {
            guard let length = try? reader.u32(),
                let note = try? reader.bytes(min(Int(length), reader.remaining))
            else { return nil }
            notes.append(note)
        }
        self.magic = magic
        self.notes = notes
        rest = reader.rest()
    }

    func written(_ notes: [[UInt8]], _ rest: [UInt8]) -> [UInt8] {
        var writer = ByteWriter(magic)
        for note in notes {
            writer.u32(UInt32(note.count))
            writer.append(note)
        }
        writer.append(rest)
        return writer.bytes
    }

    /// The number behind the digest of the rows, in the manifest.
    var rowCount: Int { Int(clamping: min(numbers("rows").last ?? 0, 1_000_000)) }

    /// How many bytes the rows of an in-bundle take by its manifest.
    var inRows: Int {
        let log = numbers("log")
        guard let from = log.first, let to = log.last, from <= to else { return 0 }
        let leaves = Int(min(to - from, 1_000_000)) * (Leaf.count + 4)
        return 1 + 32 * from.nonzeroBitCount + leaves + 36 * rowCount
    }

    private func numbers(_ word: String) -> [UInt64] {
        let lines = notes[notes.count - 1].split(separator: 0x0A)
        let line = lines.first { $0.starts(with: word.utf8) } ?? []
        return line.split(separator: 0x20).compactMap { Decimal.decode([UInt8]($0)) }
    }
}
