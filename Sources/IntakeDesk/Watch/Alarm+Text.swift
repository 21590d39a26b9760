import SealedIntake

extension Alarm {
    /// What happened and what to do, in a few plain sentences.
    public var text: String {
        switch self {
        case .directoryExpired(let day):
            "The directory expired on \(day.description), so nobody can report. That is "
                + "for the people of the directory roots to mend, and no sign of a dishonest "
                + "server: call them, they must sign a new one. If they did, the operator must "
                + "install it and write a new stick."
        case .organisationNotListed:
            "The directory does not list this organisation, so nobody can report to it. Call the "
                + "people of the directory roots."
        case .deskKeyNotListed:
            "The directory does not list this desk's key, so reporters will refuse its replies. "
                + "Call the people of the directory roots."
        case .sealingKeyNotHeld:
            "The directory lists a sealing key this vault does not hold: reports sealed to it "
                + "cannot be opened here. Call the people of the directory roots."
        case .objectsMissing(let count, let first): Self.missing(count, first)
        case .startNotAccepted(let start):
            "This desk begins at leaf \(start) of the log and knows nothing from before. If that "
                + "is meant so, import again with --accept-start \(start); until then nothing is "
                + "confirmed to reporters."
        case .witnessMissing(_, let name, let size):
            "The stick does not show that \(name) sees the same log: their "
                + "signature under the first \(size) leaves is missing, too old or does not "
                + "hold. Nothing more is confirmed to reporters until it comes: ask the operator "
                + "for a new export. If that lacks it too, call them and the people of the "
                + "directory roots."
        case .silence(let silence): silence.text
        case .clock(let doubt): doubt.text
        case .directoryUnproven(let serial, let leaf, let isSuperseded):
            Self.unproven(serial, leaf, isSuperseded)
        default: lasting
        }
    }

    private static func missing(_ count: Int, _ first: MissingObject) -> String {
        let day = first.day.description
        let what =
            count == 1
            ? "1 envelope for this desk is in the log but was not on a stick: leaf "
                + "\(first.index) of \(day) (\(first.name))."
            : "\(count) envelopes for this desk are in the log but were not on a stick; the first "
                + "is leaf \(first.index) of \(day) (\(first.name))."
        return what + " Nothing more is confirmed to reporters until they come: ask the operator "
            + "for intake-server export --from \(first.index). Only if the operator says it is "
            + "gone for good: intake-admin accept-loss --vault FILE \(first.index) \(first.name)."
    }
}
