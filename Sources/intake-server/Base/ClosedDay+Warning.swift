import IntakeStore

extension ClosedDay {
    /// What the operator is told of a close, a line each.
    var warnings: [String] { spoiled.map(\.warning) + [waitingWarning].compactMap { $0 } }

    /// What waits for a later close because desks brought more than one close logs; nil where
    /// nothing does.
    private var waitingWarning: String? {
        guard !waiting.isEmpty else { return nil }
        let counts = waiting.sorted { $0.key < $1.key }.map { "\($0.value) of \($0.key)" }
        return "more came from desks than one close logs, the rest waits for the next: "
            + counts.joined(separator: ", ")
    }
}
