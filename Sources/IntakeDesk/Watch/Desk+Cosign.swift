import SealedIntake

extension Desk {
    /// Cosigns the newest checkpoint taken, unless something keeps this desk from it: a start that
    /// nobody accepted, an object of its own that is missing, a witness that is, or days that
    /// cannot be right.
    /// - Returns: the size cosigned now.
    func cosign(in books: Books, today: Day) throws -> UInt64 {
        guard try books.logStart()?.isAccepted ?? false, try books.openMissing().isEmpty,
            try missingWitnesses(in: books).isEmpty,
            try books.clockDoubt(today: today) == nil
        else { return try books.checkpoints().cosignedSize }
        return try books.cosign(today: today)
    }

    /// The organisations whose witness is missing, with the size it must have.
    func missingWitnesses(
        in books: Books
    ) throws -> [(organisation: OrganisationID, size: UInt64)] {
        guard let directory = try books.trust().trusted?.directory else { return [] }
        return try books.witnesses().missing(in: directory, besides: organisation)
    }
}
