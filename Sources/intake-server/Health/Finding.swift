import IntakeStore
import SealedIntake

/// One thing about a server that somebody must look after; nothing of it is about a visitor.
struct Finding: Equatable, Sendable {
    /// The word a program reads.
    enum Word: String, CaseIterable, Sendable {
        /// The disk ends: nothing is taken.
        case disk
        /// The store cannot be read, or refused what came.
        case store
        /// Past days are not closed: nothing reaches the desks.
        case closing
        /// The clock cannot be gone by.
        case clock
        /// There is no directory, or its last day is past or near.
        case directory
        /// The key of promises is missing or not listed.
        case promiseKey = "promise-key"
        /// The decision tree is not the one that the directory names.
        case tree
        /// A page is not the one that the directory lists.
        case page
        /// Nobody looked for two minutes: the server hangs.
        case hanging
    }

    /// What it is about.
    let word: Word
    /// Whether reports are refused or do not arrive because of it.
    let isFailing: Bool
    /// What was found, then what must be.
    let clause: String
    /// What the operator can do about it.
    let advice: String

    init(_ word: Word, isFailing: Bool = true, _ clause: String, _ advice: String) {
        (self.word, self.isFailing, self.clause, self.advice) = (word, isFailing, clause, advice)
    }

    /// Whether another is about the same matter, as bad as this, whatever its figures say.
    func isSame(_ other: Finding) -> Bool { word == other.word && isFailing == other.isFailing }

    /// The line an operator reads.
    var line: String { "\(clause); \(advice)" }
}
