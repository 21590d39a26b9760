import SealedIntake
import Synchronization

/// How many submissions each organisation got in the clock hour, and the work that follows.
///
/// Lives in memory only; holds counts, never who or when within the hour.
/// - SeeAlso: `docs/spec/protocol.md`, section 7.
final class Traffic: Sendable {
    private struct Hour {
        var number: UInt32
        var count: UInt32 = 0
        var countBefore: UInt32 = 0
    }

    private let hours = Mutex<[OrganisationID: Hour]>([:])

    /// Counts a submission that was stored.
    func add(_ organisation: OrganisationID, hour: UInt32) {
        hours.withLock { hours in
            var entry = Self.entry(of: organisation, at: hour, in: hours)
            entry.count += 1
            hours[organisation] = entry
        }
    }

    /// The work the next submission to an organisation is asked, in zero bits.
    func asked(
        _ envelopeClass: EnvelopeClass,
        for organisation: OrganisationID,
        hour: UInt32
    ) -> UInt8 {
        let entry = hours.withLock { Self.entry(of: organisation, at: hour, in: $0) }
        return Stamp.difficulty(count: entry.count, envelopeClass: envelopeClass)
    }

    /// The least work that is accepted from the next submission to an organisation.
    ///
    /// What was asked a while ago will do: what half the count asked, and what the hour before
    /// asked at its end; but never nothing once anything is asked, since every hour begins with
    /// nothing asked.
    func accepted(
        _ envelopeClass: EnvelopeClass,
        for organisation: OrganisationID,
        hour: UInt32
    ) -> UInt8 {
        let entry = hours.withLock { Self.entry(of: organisation, at: hour, in: $0) }
        let counts = [entry.count, entry.count / 2, entry.countBefore]
        let asked = counts.map { Stamp.difficulty(count: $0, envelopeClass: envelopeClass) }
        guard asked[0] > 0 else { return 0 }
        return asked.filter { $0 > 0 }.min() ?? 0
    }

    /// The highest work that any organisation asks of text.
    func highest(hour: UInt32) -> UInt8 {
        hours.withLock { hours in
            hours.keys.map { organisation in
                let entry = Self.entry(of: organisation, at: hour, in: hours)
                return Stamp.difficulty(count: entry.count, envelopeClass: .text)
            }.max() ?? 0
        }
    }

    private static func entry(
        of organisation: OrganisationID,
        at hour: UInt32,
        in hours: [OrganisationID: Hour]
    ) -> Hour {
        guard let entry = hours[organisation], entry.number <= hour else {
            return Hour(number: hour)
        }
        guard entry.number < hour else { return entry }
        let isBefore = entry.number + 1 == hour
        return Hour(number: hour, countBefore: isBefore ? entry.count : 0)
    }
}
