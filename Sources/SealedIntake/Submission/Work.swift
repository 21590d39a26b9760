/// The work on one ticket for one organisation under one challenge.
struct Work: Sendable {
    let ticket: Ticket

    private let subject: Digest
    private let challenge: [UInt8]

    init(organisation: OrganisationID, ticket: Ticket, challenge: [UInt8]) {
        self.ticket = ticket
        self.challenge = challenge
        subject = Digest(of: labelled("stamp", organisation.padded + ticket.bytes))
    }

    /// Whether a nonce is worth `tries` in a part: one hash.
    func holds(part: Int, nonce: UInt64, tries: UInt16) throws(KeyError) -> Bool {
        var password = ByteWriter(subject.bytes)
        password.append([UInt8(part)])
        password.u64(nonce)
        let hash = try Sodium.argon2id(
            password: SecretBytes(copying: password.bytes),
            salt: challenge,
            operations: 1,
            memoryBytes: Stamp.memoryBytes
        ).exposed
        let value = hash[..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return value <= UInt64.max / UInt64(tries)
    }
}
