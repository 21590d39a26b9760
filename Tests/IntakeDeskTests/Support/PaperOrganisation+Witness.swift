import Stage

@testable import SealedIntake

/// Another organisation of the directory, with a desk that cosigns.
extension PaperOrganisation {
    static func neighbour(_ name: String) -> PaperOrganisation {
        PaperOrganisation(name, of: ascii(TestServer.deployment))
    }

    /// What this desk cosigned of a server's log.
    func witness(_ server: TestServer, of size: Int? = nil) throws -> SignedNote {
        signer.cosigning(try server.checkpoint(of: size).note, day: TestDesk.today)
    }

    /// The type 7 leaf of what it cosigned.
    func acknowledgement(_ server: TestServer, of size: Int) throws -> Leaf {
        .acknowledgement(
            id,
            size: UInt64(size),
            digest: try server.checkpoint(of: size).note.digest
        )
    }
}
