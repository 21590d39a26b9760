/// One way to look at all things of a class: a number of each, as its rank among them.
struct View {
    let name: String
    /// The numbers themselves.
    let values: [Int64]
    /// The rank of each, from 0; equal ones in the order of the things, which is that of their
    /// digests and tells nothing.
    let ranks: [Int32]
    /// 1 for the greater half of the numbers, as nearly as equal ones allow.
    let marks: [Int32]

    /// Nil where all numbers are the same: then there is nothing to see.
    init?(_ name: String, _ values: [Int64]) {
        let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        guard let least = order.first, let most = order.last, values[least] < values[most] else {
            return nil
        }
        var ranks = [Int32](repeating: 0, count: values.count)
        for (rank, place) in order.enumerated() { ranks[place] = Int32(rank) }
        let edges = order.indices.dropFirst().filter { values[order[$0 - 1]] < values[order[$0]] }
        let half = values.count / 2
        let edge = edges.min { abs($0 - half) < abs($1 - half) } ?? half
        self.name = name
        self.values = values
        self.ranks = ranks
        marks = ranks.map { $0 >= Int32(edge) ? 1 : 0 }
    }

    private init(name: String, values: [Int64], ranks: [Int32], marks: [Int32]) {
        self.name = name
        self.values = values
        self.ranks = ranks
        self.marks = marks
    }

    /// How many carry the mark.
    var marked: Int { marks.reduce(0) { $0 + Int($1) } }

    /// The same view of the things in another order.
    func reordered(_ order: [Int]) -> View {
        View(
            name: name,
            values: order.map { values[$0] },
            ranks: order.map { ranks[$0] },
            marks: order.map { marks[$0] }
        )
    }

    /// Everything that can be seen of a class: the size, each byte, each place.
    static func all(of things: [KeptThing]) -> [View] {
        guard let first = things.first else { return [] }
        var views = [View("size", things.map { Int64($0.envelope.count) })]
        let shown = things.map(\.shown)
        for (part, example) in first.shown.enumerated() {
            for place in example.bytes.indices {
                let values = shown.map { parts in
                    let bytes = parts[part].bytes
                    return place < bytes.count ? Int64(bytes[place]) : -1
                }
                views.append(View("\(example.name)[\(place)]", values))
            }
            let counts = shown.map { parts in
                parts[part].bytes.reduce(Int64(0)) { $0 + Int64($1.nonzeroBitCount) }
            }
            views.append(View("bits of \(example.name)", counts))
        }
        let names = things.reduce(into: Set<String>()) { $0.formUnion($1.numbers.keys) }
        for name in names.sorted() {
            views.append(View(name, things.map { $0.numbers[name] ?? -1 }))
        }
        return views.compactMap(\.self)
    }
}
