/// How far two views of true pairs agree.
struct Agreement {
    /// In how many ways two views are compared.
    static let methods = 4
    /// What is closer to the expected than so many standard deviations is not looked at further.
    private static let dull = 4.0

    /// How many things there are.
    private let count: Int
    /// Pairs of the same rank.
    private(set) var same = 0
    /// Pairs of opposite ranks.
    private(set) var opposite = 0
    /// Pairs of which both are in the greater half.
    private(set) var both = 0
    /// Spearman's correlation of the ranks, -1 to 1.
    let correlation: Double

    /// The same place in both views is a true pair.
    ///
    /// Without buffers a debug build takes minutes over the hundred thousand pairs of views.
    init(_ one: View, _ other: View) {
        let count = one.ranks.count
        self.count = count
        let last = Int32(count - 1)
        var same = 0
        var opposite = 0
        var both: Int32 = 0
        var distance: Int64 = 0
        one.ranks.withUnsafeBufferPointer { mine in
            other.ranks.withUnsafeBufferPointer { theirs in
                var place = 0
                while place < count {
                    let gap = mine[place] &- theirs[place]
                    if gap == 0 { same &+= 1 }
                    if mine[place] &+ theirs[place] == last { opposite &+= 1 }
                    distance &+= Int64(gap &* gap)
                    place &+= 1
                }
            }
        }
        one.marks.withUnsafeBufferPointer { mine in
            other.marks.withUnsafeBufferPointer { theirs in
                var place = 0
                while place < count {
                    both &+= mine[place] & theirs[place]
                    place &+= 1
                }
            }
        }
        self.same = same
        self.opposite = opposite
        self.both = Int(both)
        let things = Double(count)
        correlation = 1 - 6 * Double(distance) / (things * (things * things - 1))
    }

    /// What is not plainly guessing, with its probability; of the views `one` and `other` things
    /// are in the greater half.
    func remarkable(_ one: Int, _ other: Int) -> [(method: String, chance: Double)] {
        var found: [(method: String, chance: Double)] = []
        if Double(same) > 1 + Self.dull { found.append(("same rank", Guessing.right(same))) }
        if Double(opposite) > 1 + Self.dull {
            found.append(("opposite rank", Guessing.right(opposite)))
        }
        let things = Double(count)
        if abs(correlation) * (things - 1).squareRoot() > Self.dull {
            let chance = Guessing.correlation(correlation, count: count)
            found.append(("correlation", chance))
        }
        let share = Double(one) * Double(other) / things
        let variance = share * Double(count - one) * Double(count - other) / (things * (things - 1))
        if abs(Double(both) - share) > Self.dull * variance.squareRoot() {
            let chance = Guessing.overlap(both, one: one, other: other, count: count)
            found.append(("same half", chance))
        }
        return found
    }
}
