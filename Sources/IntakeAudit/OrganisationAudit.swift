import SealedIntake

/// What the log says about the envelopes of one organisation.
struct OrganisationAudit {
    /// An envelope nobody picked up yet.
    struct Waiting {
        /// Its place in the log.
        let position: UInt64
        /// The day it was logged.
        let day: Day
        /// Its tag and digest.
        let envelope: LoggedEnvelope
        /// The digest of the directory in force at its leaf; nil where that lies before the
        /// entries held.
        let directory: Digest?
    }

    /// The size acknowledged last.
    private(set) var acknowledged: UInt64 = 0
    /// How many envelopes lay so many days before they were picked up.
    private(set) var lain: [UInt32: Int] = [:]
    /// The envelopes behind the size acknowledged last, in order.
    private(set) var waiting: ArraySlice<Waiting> = []
    /// How many of its envelopes were logged as overdue.
    var overdue = 0

    /// An envelope came in.
    mutating func receive(_ envelope: Waiting) {
        waiting.append(envelope)
    }

    /// The close of a day acknowledges all before a size.
    mutating func acknowledge(_ size: UInt64, on day: Day) {
        acknowledged = size
        while let first = waiting.first, first.position < size {
            lain[day.number - first.day.number, default: 0] += 1
            waiting.removeFirst()
        }
    }

    /// How many lie behind a size.
    func waiting(behind size: UInt64) -> Int {
        waiting.count { $0.position >= size }
    }

    /// The days the middle one of those picked up lay; nil when none was.
    var medianDays: UInt32? {
        var left = (lain.values.reduce(0, +) + 1) / 2
        for (days, count) in lain.sorted(by: { $0.key < $1.key }) {
            left -= count
            if left <= 0 { return days }
        }
        return nil
    }

    /// The days the last one picked up lay.
    var longestDays: UInt32? { lain.keys.max() }
}

/// By what entries of the types 1 and 4 name one envelope.
struct LoggedEnvelope: Hashable {
    /// Its tag.
    let tag: Tag
    /// Its digest.
    let digest: Digest
}
