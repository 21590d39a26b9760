import IntakeConsole

@testable import SealedIntake

/// Another organisation of the directory, with a desk that cosigns.
final class TestNeighbour: Sendable {
    let id: OrganisationID
    let desk: NoteSigner
    private let sealing = SealingKeyPair.random()

    init?(_ name: String) {
        guard let id = OrganisationID(ascii: ascii(name)) else { return nil }
        self.id = id
        desk = NoteSigner(name: ascii("\(name).\(TestServer.deployment)"), pair: .random())
    }

    var directoryLines: [String] {
        let key = String(decoding: Base64.encode(sealing.publicKey.bytes), as: UTF8.self)
        let vkey = String(decoding: desk.verifierKey.text, as: UTF8.self)
        return [
            "organisation \(id) Buren", "seal 1 \(key) until 2030-01-01", "desk \(vkey)",
            "batch 4", "escalation none",
        ]
    }

    /// What this desk cosigned of a server's log.
    func witness(_ server: TestServer, of size: Int? = nil) throws -> SignedNote {
        desk.cosigning(try server.checkpoint(of: size).note, day: TestDesk.today)
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
