import IntakeStore

extension ClosedDay {
    /// What the operator is told of a close, a line each.
    var warnings: [String] { lost.map(Self.warning) + [waitingWarning].compactMap { $0 } }

    /// What was spoiled on the disk before the close, and who can help.
    private static func warning(_ lost: LostObject) -> String {
        let whose = lost.organisation?.description ?? ""
        let what =
            lost.type == .reply
            ? "a reply of \(whose) is lost; its desk has it: intake-admin export --leaves, then recover"
            : "an envelope for \(whose) is lost; its desk will miss it"
        return "leaf \(lost.index): on the disk lay something else than what came, so \(what). "
            + "Look after the disk and the memory of this machine"
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
