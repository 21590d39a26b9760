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
    case objectsMissing(count: Int, first: MissingObject)
    /// The log of this desk begins in the middle and nobody accepted that yet.
    case startNotAccepted(UInt64)
    /// Nothing shows that another desk sees the same log up to a size it acknowledged.
    case witnessMissing(organisation: OrganisationID, name: String, size: UInt64)
    /// Nothing of what was sent out since a day is in the log.
    case silence(Silence)
    /// A directory was logged and did not travel.
    case directoryMissing(serial: UInt64, leaf: UInt64)
    /// A directory was logged whose signatures do not hold: damaged on the way, or never signed.
    /// Once a newer one is trusted it is no longer likely to come whole by itself.
    case directoryUnproven(serial: UInt64, leaf: UInt64, isSuperseded: Bool)
    /// What was logged as a directory is none of this deployment with that serial.
    case directoryRefused(serial: UInt64, leaf: UInt64)
    /// Two directories with one serial.
    case directoryContradicts(serial: UInt64, leaf: UInt64)
    /// A directory of a lower serial than the one before it in the log.
    case directoryFell(serial: UInt64, before: UInt64, leaf: UInt64)
    /// Our own acknowledgement went back in the log.
    case acknowledgementFell(size: UInt64, before: UInt64, leaf: UInt64)
    /// The log has an acknowledgement in our name that we never gave.
    case acknowledgementNotGiven(size: UInt64, leaf: UInt64)
    /// The days of the log went back.
    case dayFell(Day, before: Day, leaf: UInt64)
    /// Our acknowledgement was logged, and what travelled with it was not.
    case sentWithheld(count: Int, size: UInt64, leaf: UInt64)
    /// The log gave a reply's number to another reply, again after it was written anew.
    case replySwapped(number: UInt64, leaf: UInt64)
    /// The log says that this desk withdrew a reply, and this vault did not ask for that.
    case withdrawalNotAsked(leaf: UInt64)
    /// This machine's clock and the days of the log or the directory do not fit.
    case clock(ClockDoubtError)
    /// Two checkpoints contradict each other; the proof is in the file.
    case contradiction(file: String, older: UInt64, newer: UInt64)

    /// Whether only a dishonest or broken server or courier, roots that erred, or a second copy of
    /// the vault explain it: it stays for good, or where it is about a directory until that very
    /// one comes whole.
    public var isLasting: Bool {
        switch self {
        case .organisationNotListed, .deskKeyNotListed, .sealingKeyNotHeld,
            .objectsMissing, .startNotAccepted, .witnessMissing, .silence, .clock:
            false
        case .directoryUnproven(_, _, let isSuperseded): isSuperseded
        case .directoryExpired, .directoryMissing, .directoryRefused, .directoryContradicts,
            .directoryFell, .acknowledgementFell, .acknowledgementNotGiven, .dayFell,
            .sentWithheld, .replySwapped, .withdrawalNotAsked, .contradiction:
            true
        }
    }

    /// What stands in front of it on a screen.
    public var heading: String {
        if case .silence = self { "REMINDER" } else { "ALARM" }
    }

    /// The alarm of a record, or nil once the directory it is about came whole.
    init?(_ record: AlarmRecord, trustedSerial: UInt64) {
        let leaf = record.index
        switch record.kind {
        case .directorySettled: return nil
        case .directoryMissing: self = .directoryMissing(serial: record.found, leaf: leaf)
        case .directoryRefused: self = .directoryRefused(serial: record.found, leaf: leaf)
        case .directoryUnproven:
            let isSuperseded = trustedSerial > record.found
            self = .directoryUnproven(
                serial: record.found,
                leaf: leaf,
                isSuperseded: isSuperseded
            )
        case .directoryContradicts:
            self = .directoryContradicts(serial: record.found, leaf: leaf)
        case .directoryFell:
            self = .directoryFell(serial: record.found, before: record.before, leaf: leaf)
        case .acknowledgementFell:
            self = .acknowledgementFell(size: record.found, before: record.before, leaf: leaf)
        case .acknowledgementNotGiven:
            self = .acknowledgementNotGiven(size: record.found, leaf: leaf)
        case .dayFell:
            self = .dayFell(
                Day(number: UInt32(clamping: record.found)),
                before: Day(number: UInt32(clamping: record.before)),
                leaf: leaf
            )
        case .sentWithheld:
            self = .sentWithheld(
                count: Int(clamping: record.found),
                size: record.before,
                leaf: leaf
            )
        case .replySwapped: self = .replySwapped(number: record.found, leaf: leaf)
        case .withdrawalNotAsked: self = .withdrawalNotAsked(leaf: leaf)
        }
    }
}
