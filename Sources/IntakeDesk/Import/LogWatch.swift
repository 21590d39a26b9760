import SealedIntake

/// Watches what may only rise in the log: serials of directories and our own acknowledgements.
struct LogWatch {
    private var serial: UInt64 = 0
    private var acknowledged: UInt64 = 0
    private let cosigned: UInt64

    /// Whether the log has an acknowledgement of ours beyond what this vault cosigned.
    ///
    /// Then it was put back from an older copy, and meets what it did in the life it lost. A server
    /// cannot pretend this unseen: the other desks would miss our signature.
    private(set) var meetsLostLife = false

    /// Starts behind the leaves held; `cosigned` is the size this vault cosigned last.
    init(of held: HeldLog, cosigned: UInt64, organisation: OrganisationID) {
        self.cosigned = cosigned
        for (_, leaf) in held.leaves {
            let number = leaf.number ?? 0
            if leaf.type == .directory { serial = number }
            if leaf.type == .acknowledgement, leaf.organisation == organisation {
                acknowledged = number
            }
        }
    }

    /// The alarm of a directory below the one before it, or nil.
    mutating func seeDirectory(_ leaf: Leaf, at index: UInt64, today: Day) -> AlarmRecord? {
        let before = serial
        serial = leaf.number ?? 0
        guard serial < before else { return nil }
        return AlarmRecord(
            kind: .directoryFell,
            leafIndex: index,
            found: serial,
            before: before,
            noted: today
        )
    }

    /// The alarm of an acknowledgement of ours below the one before it, or nil.
    mutating func seeAcknowledgement(_ leaf: Leaf, at index: UInt64, today: Day) -> AlarmRecord? {
        let before = acknowledged
        acknowledged = leaf.number ?? 0
        if acknowledged > cosigned { meetsLostLife = true }
        guard acknowledged < before else { return nil }
        return AlarmRecord(
            kind: .acknowledgementFell,
            leafIndex: index,
            found: acknowledged,
            before: before,
            noted: today
        )
    }
}
