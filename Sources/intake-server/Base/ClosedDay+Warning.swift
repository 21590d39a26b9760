import IntakeStore

extension ClosedDay {
    /// What the operator is told of a close, a line each.
    var warnings: [String] { spoiled.map(Self.warning) + [waitingWarning].compactMap { $0 } }

    /// What was spoiled on the disk before the close, and who can help.
    private static func warning(_ spoiled: SpoiledObject) -> String {
        let whose = spoiled.organisation?.description ?? ""
        let what =
            spoiled.type == .reply
            ? "a reply of \(whose) is not in the drop; its desk has it: intake-admin export --leaves, then "
                + "intake-server recover"
            : "an envelope for \(whose) does not travel; its desk will miss it"
        return "leaf \(spoiled.index): on the disk lay something else than what came, so \(what). "
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
