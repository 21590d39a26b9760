import SealedIntake

/// The two decision trees that a report may be walked through.
struct RouteTrees {
    /// The one that the directory names, where it is here.
    private let inForce: WordedTree?
    /// The one the report was written with, where it is here.
    private let written: WordedTree?
    /// One of both.
    private let either: WordedTree

    /// Reads them.
    /// - Throws: ``RouteError/noTree``, ``RouteError/unknownLanguage(_:known:)``.
    init(
        reading cells: VaultCells,
        inForce named: Digest?,
        written: Digest,
        language typed: String?
    ) throws {
        let shelf = try TreeShelf(reading: cells)
        let language = typed.map { [UInt8]($0.utf8) }
        var newest: WordedTree?
        if let named { newest = try shelf.worded(named, in: language) }
        inForce = newest
        self.written = named == written ? newest : try shelf.worded(written, in: language)
        guard let either = newest ?? self.written else { throw RouteError.noTree }
        if let language, let typed {
            let known = either.tree.texts.map(\.language)
            guard known.contains(language) else {
                throw RouteError.unknownLanguage(typed, known: known.map { String(utf8: $0) })
            }
        }
        self.either = either
    }

    /// The tree that answers walk: the one in force before the one they were given with.
    func walked(by answers: [Answer], on day: Day) -> (RouteBasis, WordedTree) {
        var refusal: WalkError?
        let isSame = inForce?.tree.digest == written?.tree.digest
        let candidates = [
            (isSame ? RouteBasis.inForce : .inForceForOlder, inForce),
            (inForce == nil ? .writtenOnly : .written, isSame ? nil : written),
        ]
        for case (let basis, let tree?) in candidates {
            do throws(WalkError) {
                _ = try tree.tree.walk(answers, on: day)
                return (basis, tree)
            } catch {
                refusal = refusal ?? error
            }
        }
        return (.none(refusal ?? .unknownAnswer, isHeld: written != nil), either)
    }

    /// Answers in the words of the tree they were given with.
    ///
    /// Another tree may mean something else by the same names, so its words stand for them only
    /// where the answers walk it.
    func inWords(_ answers: [Answer]) -> [AnsweredQuestion] {
        if let written { return written.inWords(answers) }
        let isWalked = (try? either.tree.walk(answers, on: either.tree.validFrom)) != nil
        return isWalked ? either.inWords(answers) : AnsweredQuestion.list(answers)
    }
}
