extension Array {
    /// All elements in their order, so many at once.
    func parts(of count: Int) -> some Sequence<ArraySlice<Element>> {
        stride(from: startIndex, to: endIndex, by: count).lazy
            .map { self[$0..<Swift.min($0 + count, endIndex)] }
    }
}
