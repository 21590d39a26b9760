import SealedIntake

extension Desk {
    /// Takes the decision tree that lies beside a bundle, when it is the one that the directory
    /// names and all its texts are; those held before stay.
    ///
    /// Nothing about it can keep a report from being taken.
    func keepTree(
        beside bundle: String,
        today: Day,
        in books: Books
    ) throws -> TreeNews {
        guard let digest = try books.trust().trusted?.directory.treeDigest else { return .missing }
        var shelf = try TreeShelf(reading: books.cells)
        let isHeld = shelf.holds(digest)
        guard StickTree.lies(beside: bundle) else { return isHeld ? .held : .missing }
        let stick: StickTree
        do throws(StickTreeError) {
            stick = try StickTree(beside: bundle, digest: digest)
        } catch {
            return .refused(error, isHeld: isHeld)
        }
        guard !isHeld else { return .held }
        try shelf.keep(stick, today: today)
        return .taken
    }
}
