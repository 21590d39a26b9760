import GRDB

/// Gives each thing a number for each place in which it was kept, and looks for secrets on the
/// way: one pass over all files, which a debug build takes seconds for.
struct Evidence {
    private(set) var classes: [UnlinkableRun.Kept]
    /// The files in which a secret stands.
    private(set) var leaks: [String] = []
    /// Which thing 16 bytes belong to: of a tag, a digest or the first wrap.
    private var owners: [[UInt8]: (group: Int, place: Int)] = [:]
    private let marks: [Mark]
    private let search: NeedleSearch

    /// Bytes of a thing to look for.
    private struct Mark {
        let group: Int
        let place: Int
        let name: String
        let bytes: [UInt8]
    }

    init(_ classes: [UnlinkableRun.Kept], secrets: [[UInt8]]) {
        self.classes = classes
        var marks: [Mark] = []
        for (group, kept) in classes.enumerated() {
            for (place, thing) in kept.things.enumerated() {
                for (name, bytes) in thing.marks {
                    marks.append(Mark(group: group, place: place, name: name, bytes: bytes))
                    owners[bytes] = (group, place)
                }
            }
        }
        self.marks = marks
        search = NeedleSearch(marks.map(\.bytes) + secrets)
    }

    /// The place of every row that holds something of a thing, and the numbers in it.
    mutating func read(_ snapshot: Snapshot) {
        for table in snapshot.tables {
            let start = "table \(snapshot.name): \(table.name)"
            for (number, row) in table.rows.enumerated() {
                guard let (group, place) = owner(of: row) else { continue }
                set(group, place, "\(start), row", Int64(number))
                for (column, value) in zip(table.columns, row) {
                    if let found = value.number {
                        set(group, place, "\(start).\(column)", found)
                    }
                }
            }
        }
    }

    /// The first and the last place of each mark in a file.
    mutating func read(_ file: KeptFile) {
        let found = search.places(in: file.bytes)
        if found.dropFirst(marks.count).contains(where: { !$0.isEmpty }) { leaks.append(file.name) }
        for (mark, places) in zip(marks, found) {
            guard let first = places.first, let last = places.last else { continue }
            let start = "file \(file.name): \(mark.name)"
            set(mark.group, mark.place, "\(start), first", Int64(first))
            if last > first { set(mark.group, mark.place, "\(start), last", Int64(last)) }
            set(mark.group, mark.place, "\(start), times", Int64(places.count))
        }
    }

    private mutating func set(_ group: Int, _ place: Int, _ name: String, _ value: Int64) {
        classes[group].things[place].numbers[name] = value
    }

    private func owner(of row: [DatabaseValue]) -> (group: Int, place: Int)? {
        for bytes in row.compactMap(\.bytes) where bytes.count >= 16 {
            if let owner = owners[[UInt8](bytes.prefix(16))] { return owner }
            let wrap = bytes.dropFirst(8).prefix(16)
            if let owner = owners[[UInt8](wrap)] { return owner }
        }
        return nil
    }
}

extension KeptThing {
    /// Sixteen bytes each of what finds it: tag, digest, first wrap, and the middle of the body,
    /// which SQLite keeps on another page than the beginning.
    fileprivate var marks: [(name: String, bytes: [UInt8])] {
        let middle = envelope.count / 2
        return [
            ("tag", tag), ("digest", [UInt8](digest.prefix(16))),
            ("wrap", [UInt8](envelope[8..<24])),
            ("body", [UInt8](envelope[middle..<(middle + 16)])),
        ]
    }
}
