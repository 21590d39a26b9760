/// How many letters two names differ.
enum EditDistance {
    /// The name that was meant, when one is near enough.
    static func nearest(to word: String, among names: some Sequence<String>) -> String? {
        let most = max(1, word.count / 3)
        let near = names.map { (name: $0, distance: between(word, $0)) }
            .filter { $0.distance <= most }
        return near.min { ($0.distance, $0.name) < ($1.distance, $1.name) }?.name
    }

    /// Insertions, deletions and changes from one to the other.
    static func between(_ first: String, _ second: String) -> Int {
        let letters = Array(second)
        var row = Array(0...letters.count)
        for (number, letter) in first.enumerated() {
            var corner = row[0]
            row[0] = number + 1
            for column in letters.indices {
                let change = corner + (letters[column] == letter ? 0 : 1)
                corner = row[column + 1]
                row[column + 1] = min(change, row[column] + 1, corner + 1)
            }
        }
        return row[letters.count]
    }
}
