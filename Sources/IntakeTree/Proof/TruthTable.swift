/// The nodes of a ``TruthDiagram``, each once.
final class TruthTable {
    /// A test of a variable, and the nodes to which it leads.
    struct Row {
        let variable: Int
        let low: Int
        let high: Int
    }

    /// All nodes; the first two stand for `no` and `yes`.
    private(set) var rows: UnsafeMutablePointer<Row>
    private var count = 2
    /// Nodes by a hash of what they are, 0 where none is; at most half are taken.
    private var places: UnsafeMutablePointer<Int>
    private var room: Int

    init() {
        room = 1 << 12
        rows = .allocate(capacity: room / 2)
        places = .allocate(capacity: room)
        places.initialize(repeating: 0, count: room)
        for end in 0...1 {
            (rows + end).initialize(to: Row(variable: .max, low: end, high: end))
        }
    }

    deinit {
        rows.deallocate()
        places.deallocate()
    }

    /// The node that tests a variable; what leads to one place on both sides is that place.
    func node(_ variable: Int, _ low: Int, _ high: Int) -> Int {
        if low == high { return low }
        var place = TruthMemory.hash(variable, low, high) & (room - 1)
        while case let found = places[place], found != 0 {
            let row = rows[found]
            if row.variable == variable, row.low == low, row.high == high { return found }
            place = (place + 1) & (room - 1)
        }
        places[place] = count
        (rows + count).initialize(to: Row(variable: variable, low: low, high: high))
        count += 1
        if count == room / 2 { makeRoom() }
        return count - 1
    }

    private func makeRoom() {
        places.deallocate()
        room *= 2
        places = .allocate(capacity: room)
        places.initialize(repeating: 0, count: room)
        let before = rows
        rows = .allocate(capacity: room / 2)
        rows.moveInitialize(from: before, count: count)
        before.deallocate()
        for node in 2..<count {
            var place = TruthMemory.hash(rows[node].variable, rows[node].low, rows[node].high)
            place &= room - 1
            while places[place] != 0 { place = (place + 1) & (room - 1) }
            places[place] = node
        }
    }
}
