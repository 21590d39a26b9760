import SealedIntake

/// An object of this desk that the log names and no bundle brought.
public struct MissingObject: Equatable, Sendable {
    /// The index of its leaf.
    public let index: UInt64
    /// The day whose close logged it.
    public let day: Day
    /// SHA-256 of the object.
    public let digest: Digest

    /// By which a person names it: the first 8 hexadecimal digits of the digest.
    public var name: String { String(utf8: [UInt8](digest.hex.prefix(8))) }
}

/// What came of accepting a loss.
public struct LossOutcome: Equatable, Sendable {
    /// What was given up.
    public let lost: MissingObject
    /// What is missing still, in the order of the log.
    public let missing: [MissingObject]
    /// The size cosigned now.
    public let cosigned: UInt64
    /// What else a person must know.
    public let alarms: [Alarm]
}

extension Desk {
    /// What is missing and was not given up, in the order of the log.
    public func missing() throws -> [MissingObject] {
        try read { books in try Self.missing(in: books) }
    }

    static func missing(in books: Books) throws -> [MissingObject] {
        try books.openMissing()
            .sorted { $0.index < $1.index }
            .map { MissingObject(index: $0.index, day: $0.day, digest: $0.object) }
    }

    /// Accepts that an object is lost for good: noted in the journal, and cosigned when nothing
    /// else keeps this desk from it.
    ///
    /// Should it come all the same, it is taken.
    /// - Throws: ``LossError``; the form of the digest before the index, that before the digest.
    public func acceptLoss(
        of index: UInt64,
        digest typed: String,
        today: Day
    ) throws -> LossOutcome {
        let digits = [UInt8](typed.lowercased().utf8)
        let isHex = digits.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        guard isHex, (8...64).contains(digits.count) else { throw LossError.notADigest(typed) }
        return try write { books in
            let cells = books.cells
            let found = try cells.records(MissingRecord.self).first {
                $0.record.index == index && $0.record.isOpen
            }
            guard let found else { throw LossError.notMissing(index: index) }
            var missing = found.record
            guard missing.object.hex.starts(with: digits) else {
                throw LossError.otherDigest(index: index)
            }
            missing.isAccepted = true
            try cells.replace(row: found.row, with: missing)
            try cells.note(
                JournalEntry(.lossAccepted, today, numbers: [index], digest: missing.object)
            )
            return LossOutcome(
                lost: MissingObject(index: index, day: missing.day, digest: missing.object),
                missing: try Self.missing(in: books),
                cosigned: try cosign(in: books, today: today),
                alarms: try alarms(today: today, in: books)
            )
        }
    }
}
