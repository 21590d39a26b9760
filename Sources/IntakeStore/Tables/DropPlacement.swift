/// In which shards of the drop an entry lies.
enum DropPlacement {
    /// Whether there can be such a place: one bit that turned over names a shard that there is not.
    static func isPossible(_ shard: Int, of known: Int) -> Bool {
        known > 0 && known.nonzeroBitCount == 1 && (0..<known).contains(shard)
    }

    /// The shards of `count` in which that lies which was written for one of `known` shards: both
    /// are powers of two, and the smaller decides.
    ///
    /// The other way round it says which of `known` shards an entry of one of `count` was written
    /// for.
    static func shards(
        of shard: Int,
        among known: Int,
        count: Int
    ) -> StrideTo<Int> {
        let step = min(known, count)
        return stride(from: shard % step, to: count, by: step)
    }
}
