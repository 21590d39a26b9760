/// The proof of work of a submission: an hour, a ticket and what was found.
///
/// ```text
/// u32 hour ‖ ticket[16] ‖ 4 x u64 nonce    52 bytes
/// ```
/// It is bound to one organisation and its ticket, not to a text: it can be made while somebody
/// writes.
/// - SeeAlso: `docs/spec/protocol.md`, section 7.2; vectors `stamp.json`.
public struct Stamp: Hashable, Sendable {
    /// The length in bytes.
    public static let count = 4 + Ticket.count + partCount * 8

    /// The parts of the work; four of a fourth each keep bad luck small.
    public static let partCount = 4

    /// Argon2id's memory of one hash in bytes, 128 KiB.
    static let memoryBytes = 131_072

    /// For how many hours it holds, with its own.
    public static let hours: UInt32 = 3

    /// The hour that holds a moment of Unix time.
    public static func hour(of seconds: UInt64) -> UInt32 {
        UInt32(clamping: seconds / UnixTime.hour)
    }

    /// Unix time / 3600 of the challenge.
    public let hour: UInt32
    /// What one envelope may spend, once.
    public let ticket: Ticket
    /// What was found, ``partCount`` numbers.
    public let nonces: [UInt64]

    /// Takes the parts.
    public init(hour: UInt32, ticket: Ticket, nonces: [UInt64]) {
        precondition(nonces.count == Self.partCount)
        self.hour = hour
        self.ticket = ticket
        self.nonces = nonces
    }

    /// Reads the next 52 bytes.
    public init(from reader: inout ByteReader) throws(ByteReaderError) {
        hour = try reader.u32()
        ticket = try Ticket(from: &reader)
        var nonces: [UInt64] = []
        for _ in 0..<Self.partCount { nonces.append(try reader.u64()) }
        self.nonces = nonces
    }

    /// A stamp that is worth nothing, for a cover.
    public static func random() -> Stamp {
        var reader = ByteReader(Sodium.random(count))
        guard let stamp = try? Stamp(from: &reader) else { preconditionFailure("52 bytes") }
        return stamp
    }

    /// The 52 bytes.
    public var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.u32(hour)
        writer.append(ticket.bytes)
        for nonce in nonces { writer.u64(nonce) }
        return writer.bytes
    }

    /// Whether its work for an organisation is worth so many tries, 1 or more, under the challenge
    /// of its hour, 16 bytes.
    ///
    /// Stops at the first part that does not hold.
    /// - Throws: ``KeyError/outOfMemory``.
    public func isWorth(
        _ tries: UInt16,
        for organisation: OrganisationID,
        challenge: [UInt8]
    ) throws(KeyError) -> Bool {
        let work = Work(organisation: organisation, ticket: ticket, challenge: challenge)
        for (part, nonce) in nonces.enumerated() {
            guard try work.holds(part: part, nonce: nonce, tries: tries) else { return false }
        }
        return true
    }

    /// Computes as many parts as a good stamp has, and looks at none: so that a cover takes as
    /// long as a report.
    /// - Throws: ``KeyError/outOfMemory``.
    public func work(
        for organisation: OrganisationID,
        challenge: [UInt8]
    ) throws(KeyError) {
        let work = Work(organisation: organisation, ticket: ticket, challenge: challenge)
        for (part, nonce) in nonces.enumerated() {
            _ = try work.holds(part: part, nonce: nonce, tries: 1)
        }
    }
}

/// What a stamp's work is bound to and one envelope spends, 16 random bytes.
public struct Ticket: FixedBytes {
    /// 16 bytes.
    public static var count: Int { 16 }
    /// The bytes.
    public let bytes: [UInt8]

    /// Takes bytes whose length our own code has made sure of.
    public init(_ bytes: [UInt8]) {
        precondition(bytes.count == Self.count)
        self.bytes = bytes
    }

    /// One that nobody else has.
    public static func random() -> Ticket { Ticket(Sodium.random(count)) }
}
