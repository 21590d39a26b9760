import IntakeStore

extension SpoiledObject {
    /// What the operator is told of it, and who can help.
    var warning: String {
        let whose = organisation?.description ?? ""
        let what =
            switch type {
            case .reply:
                "a reply of \(whose) can be read by nobody; its desk has it: "
                    + "intake-admin export --leaves, then intake-server recover"
            case .transferred:
                "a message for \(whose) does not travel; the desk that sent it has it: "
                    + "intake-admin export --leaves, then intake-server recover"
            default: "an envelope for \(whose) does not travel; its desk will miss it"
            }
        return "leaf \(index): on the disk lay something else than what came, so \(what). "
            + "Look after the disk and the memory of this machine"
    }
}
