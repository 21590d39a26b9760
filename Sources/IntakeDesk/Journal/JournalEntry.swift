import SealedIntake

/// One thing that this desk did or saw: numbers and a digest, never content.
public struct JournalEntry: Equatable, Sendable {
    /// What it was; the raw value stands in vaults.
    public enum Kind: UInt8, Sendable, CaseIterable {
        /// A bundle was taken: entries FROM to TO of the log; the file's digest.
        case imported = 1
        /// A bundle was refused: the number of the reason; the file's digest.
        case refused = 2
        /// A person accepted that the log begins at an entry; the root before it.
        case startAccepted = 3
        /// A person accepted that the object of an entry is lost; the object's digest.
        case lossAccepted = 4
        /// Two checkpoints contradict each other: their sizes; the proof file's digest.
        case contradiction = 5
        /// A bundle was written: rows, size acknowledged, leaves held; the file's digest.
        case exported = 6
        /// The same, with the leaves for a server that fell behind.
        case leavesExported = 7
        /// A message was transferred; the envelope's digest.
        case transferred = 8
        /// A reply was withdrawn: its number; the envelope's digest.
        case withdrawn = 9
        /// A reply got another number: the old, the new; the new envelope's digest.
        case renumbered = 10
        /// Leaves of months long past were erased: the first entry now held; the root before it.
        case erased = 11
    }

    /// What it was.
    public let kind: Kind
    /// The day it was, by this machine's clock.
    public let day: Day
    /// Three numbers that the kind explains; zeros where it has fewer.
    public let numbers: [UInt64]
    /// The digest of the file, object or proof.
    public let digest: Digest

    /// Takes the parts; at most three numbers.
    public init(_ kind: Kind, _ day: Day, numbers: [UInt64] = [], digest: Digest) {
        precondition(numbers.count <= 3)
        self.kind = kind
        self.day = day
        self.numbers = numbers + [UInt64](repeating: 0, count: 3 - numbers.count)
        self.digest = digest
    }

    /// What happened, in one line of plain words.
    public var text: String {
        let (one, two, three) = (numbers[0], numbers[1], numbers[2])
        return switch kind {
        case .imported: "stick taken, leaves \(one) to \(two), confirmed up to \(three)"
        case .refused: "stick refused: \(RefusedImport(number: one).clause)"
        case .startAccepted: "start at leaf \(one) accepted"
        case .lossAccepted: "loss of leaf \(one) accepted"
        case .contradiction: "contradiction seen, at \(one) and at \(two) leaves"
        case .exported: "stick written, \(one) rows, confirms \(two) of \(three) leaves"
        case .leavesExported: "leaves written, \(one) rows, confirms \(two) of \(three) leaves"
        case .transferred: "transferred to another organisation"
        case .withdrawn: "reply \(one + 1) withdrawn"
        case .renumbered: "reply \(one + 1) written again as reply \(two + 1)"
        case .erased: "leaves of past months erased, up to leaf \(one)"
        }
    }
}
