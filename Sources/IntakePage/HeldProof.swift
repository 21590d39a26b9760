import IntakeOpening
import SealedIntake

/// How much of the log an organisation is proved to hold, whatever the checkpoint list shows of it.
///
/// A list may leave an entry out or bring an old one, and nobody signs that there is no newer one.
/// What is in view and signed bounds what may be concluded from it: the organisation's type 7
/// leaves, and its answers to this very thread, each of which names the envelope it answers.
struct HeldProof {
    /// The organisation holds at least the leaves before this index.
    private(set) var size: UInt64

    /// Begins with what the log says that it acknowledged.
    init(acknowledged size: UInt64) {
        self.size = size
    }

    /// An answer that was admitted: its organisation holds what it answers, and all before.
    mutating func add(answerTo answered: Digest, among messages: [OwnLeaves.Entry]) {
        let known = messages.first { $0.leaf.digest == answered }
        size = max(size, known.map { $0.index + 1 } ?? 1)
    }

    /// An answer that the log has at an index, and the drop no more.
    ///
    /// Where it is withheld, nobody can say which message it answers: it may be any before it.
    mutating func add(answerAt index: UInt64, isWithheld: Bool) {
        size = max(size, isWithheld ? index : 1)
    }
}

extension LogView {
    /// The size that an organisation acknowledged last, by the log's own leaves in view.
    func acknowledged(by organisation: OrganisationID) -> UInt64 {
        run.leaves.filter { $0.type == .acknowledgement && $0.organisation == organisation }
            .compactMap { $0.number }.max() ?? 0
    }
}
