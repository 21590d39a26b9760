import SealedIntake

/// Something a person at the desk must know, though the bundle was taken.
public enum Alarm: Equatable, Sendable {
    /// No directory is trusted that still holds.
    case directoryExpired(Day)
    /// The directory does not list this organisation.
    case organisationNotListed
    /// The directory does not list this vault's desk key: reporters will refuse its replies.
    case deskKeyNotListed
    /// The directory lists a sealing key this vault does not hold: reports will not open here.
    case sealingKeyNotHeld
    /// Objects of ours that the log names and no bundle brought.
    case objectsMissing(count: Int, first: UInt64, day: Day)
    /// The log of this desk begins in the middle and nobody accepted that yet.
    case startNotAccepted(UInt64)
    /// A directory was logged and did not travel.
    case directoryMissing(serial: UInt64, leaf: UInt64)
    /// A directory was logged that the pinned roots did not sign.
    case directoryRefused(serial: UInt64, leaf: UInt64)
    /// Two directories with one serial.
    case directoryContradicts(serial: UInt64, leaf: UInt64)
    /// A directory of a lower serial than the one before it in the log.
    case directoryFell(serial: UInt64, before: UInt64, leaf: UInt64)
    /// Our own acknowledgement went back in the log.
    case acknowledgementFell(size: UInt64, before: UInt64, leaf: UInt64)

    /// What happened and what to do, in one or two sentences.
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
        case .objectsMissing(let count, let first, let day):
            "\(count) of this desk's envelopes are in the log but not on the sticks (the first is "
                + "entry \(first) of \(IntakeDesk.text(day.text))). Nothing is confirmed to "
                + "reporters until they come: ask the operator for "
                + "intake-server export --from \(first)."
        case .startNotAccepted(let start):
            "This desk begins at entry \(start) of the log and knows nothing from before. If that "
                + "is meant so, import again with --accept-start \(start); until then nothing is "
                + "confirmed to reporters."
        default: lasting
        }
    }

    /// The alarms that stay, because only a dishonest or broken server explains them.
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
            default: ""
            }
        return what + " Keep the stick and call the people of the directory roots."
    }

    /// The alarm of a record, or nil once a directory as new as the one it is about is trusted.
    init?(_ record: AlarmRecord, trustedSerial: UInt64) {
        let leaf = record.leafIndex
        switch record.kind {
        case .directoryMissing:
            guard trustedSerial < record.found else { return nil }
            self = .directoryMissing(serial: record.found, leaf: leaf)
        case .directoryRefused:
            guard trustedSerial < record.found else { return nil }
            self = .directoryRefused(serial: record.found, leaf: leaf)
        case .directoryContradicts:
            self = .directoryContradicts(serial: record.found, leaf: leaf)
        case .directoryFell:
            self = .directoryFell(serial: record.found, before: record.before, leaf: leaf)
        case .acknowledgementFell:
            self = .acknowledgementFell(size: record.found, before: record.before, leaf: leaf)
        }
    }
}
