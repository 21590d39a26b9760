import IntakeStore

extension ClosedDay {
    /// What the operator is told of a close, a line each.
    var warnings: [String] { [lossWarning, waitingWarning].compactMap { $0 } }

    /// What was spoiled on the disk before the close.
    private var lossWarning: String? {
        guard !lost.isEmpty else { return nil }
        let leaves = lost.map(String.init).joined(separator: ", ")
        return "on the disk lay something else than what came, so it is lost and its desk will "
            + "miss it: leaf \(leaves). Look after the disk and the memory of this machine"
    }

    /// What waits for a later close because desks brought more than one close logs; nil where
    /// nothing does.
    private var waitingWarning: String? {
        guard !waiting.isEmpty else { return nil }
        let counts = waiting.sorted { $0.key < $1.key }.map { "\($0.value) of \($0.key)" }
        return "more came from desks than one close logs, the rest waits for the next: "
            + counts.joined(separator: ", ")
    }
}
