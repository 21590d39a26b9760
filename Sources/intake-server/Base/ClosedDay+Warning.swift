import IntakeStore

extension ClosedDay {
    /// What waits for a later close because desks brought more than one close logs; nil where
    /// nothing does.
    var warning: String? {
        guard !waiting.isEmpty else { return nil }
        let counts = waiting.sorted { $0.key < $1.key }.map { "\($0.value) of \($0.key)" }
        return "more came from desks than one close logs, the rest waits for the next: "
            + counts.joined(separator: ", ")
    }
}
