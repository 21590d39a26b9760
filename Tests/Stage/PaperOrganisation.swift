import SealedIntake

/// An organisation with its secrets: one sealing key and one desk key.
package final class PaperOrganisation: Sendable {
    package let id: OrganisationID
    package let seal = SealingKeyPair.random()
    /// Signs what its desk says.
    package let signer: NoteSigner

    package init(_ name: String, of deployment: [UInt8]) {
        id = known(OrganisationID(ascii: [UInt8](name.utf8)))
        signer = NoteSigner(name: [UInt8](name.utf8) + [0x2E] + deployment, pair: .random())
    }

    /// How a directory lists it, until a day.
    package func listing(until day: Day) -> PaperListing {
        PaperListing(
            id: "\(id)",
            keys: [
                PaperListing.seal(seal.publicKey, until: day),
                PaperListing.desk(signer.verifierKey),
            ]
        )
    }
}
