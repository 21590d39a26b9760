import SealedIntake

extension Alarm {
    /// What happened and what to do, in a few plain sentences.
    public var text: String {
        switch self {
        case .directoryExpired(let day):
            "The directory expired on \(IntakeDesk.text(day.text)). Ask the people of the "
                + "directory roots for a new one."
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
            "This desk begins at entry \(start) of the log and knows nothing from before. If that "
                + "is meant so, import again with --accept-start \(start); until then nothing is "
                + "confirmed to reporters."
        case .witnessMissing(_, let name, let size):
            "The stick does not show that \(name) sees the same log: their "
                + "signature under the first \(size) entries is missing, too old or does not "
                + "hold. Nothing more is confirmed to reporters until it comes: ask the operator "
                + "for a new export. If that lacks it too, call them and the people of the "
                + "directory roots."
        case .silence(let silence): silence.text
        default: lasting
        }
    }

    private static func missing(_ count: Int, _ first: MissingObject) -> String {
        let day = IntakeDesk.text(first.day.text)
        let what =
            count == 1
            ? "1 envelope for this desk is in the log but was not on a stick: entry "
                + "\(first.entry) of \(day) (\(first.name))."
            : "\(count) envelopes for this desk are in the log but were not on a stick; the first "
                + "is entry \(first.entry) of \(day) (\(first.name))."
        return what + " Nothing more is confirmed to reporters until they come: ask the operator "
            + "for intake-server export --from \(first.entry). Only if the operator says it is "
            + "gone for good: intake-admin accept-loss --vault FILE \(first.entry) \(first.name)."
    }

    /// The alarms that stay.
    private var lasting: String {
        let what =
            switch self {
            case .directoryMissing(let serial, let leaf):
                "Directory \(serial) is in the log (entry \(leaf)) but was not on the stick."
            case .directoryRefused(let serial, let leaf):
                "The log has a directory \(serial) (entry \(leaf)) that the pinned roots did not "
                    + "sign; this desk keeps the one it trusts."
            case .directoryContradicts(let serial, let leaf):
                "The log has another directory with serial \(serial) (entry \(leaf)) than the "
                    + "one this desk trusts."
            case .directoryFell(let serial, let before, let leaf):
                "The log went back from directory \(before) to directory \(serial) "
                    + "(entry \(leaf))."
            case .acknowledgementFell(let size, let before, let leaf):
                "The log went back from this desk's acknowledgement of \(before) entries to "
                    + "\(size) (entry \(leaf))."
            case .sentWithheld(let count, let size, let leaf):
                "The server logged this desk's signature under \(size) entries (entry \(leaf)) "
                    + "but kept back \(count) of the answers and other envelopes from the same "
                    + "stick. They go along with each export until they are there."
            case .replySwapped(let number, let leaf):
                "The log has something else in the place of this desk's reply \(number + 1) "
                    + "(entry \(leaf)), and not for the first time. It is written once more."
            case .withdrawalNotAsked(let leaf):
                "The log says that this desk took back one of its answers (entry \(leaf)), so "
                    + "nobody can read it any more, and nobody asked for that here. Write it "
                    + "again. If this vault was put back from a copy, and the answer was taken "
                    + "back before that, this is all there is to it: say so."
            case .contradiction(let file, let older, let newer):
                "The server signed two logs that cannot both be true, "
                    + (older == newer
                        ? "both of \(older) entries. "
                        : "of \(older) and of \(newer) entries. ")
                    + "The proof is the file \(file): copy it to a stick of its own, and take no "
                    + "stick of this server until the people of the roots say so."
            default: ""
            }
        return what + " Keep the stick and call the people of the directory roots."
    }
}
