import IntakeOpening
import SealedIntake

/// Who this desk is: what `init` wrote and nothing changes.
struct DeskIdentity: Sendable {
    /// The organisation.
    let organisation: OrganisationID
    /// The deployment's host name, which is also the log's.
    let deployment: [UInt8]
    /// The pinned roots.
    let roots: Roots
    /// The sealing keys of all epochs.
    let ring: KeyRing
    /// The public half of the desk key, with its name.
    let deskKey: VerifierKey

    /// Reads the settings and sealing keys of a vault.
    init(reading cells: VaultCells) throws {
        let deployment = try cells.setting(.deployment)
        let rootsFile = try cells.setting(.roots)
        guard let id = OrganisationID(ascii: try cells.setting(.organisation)),
            let roots = try? Roots(bytes: rootsFile)
        else { throw VaultError.unreadableRecord(table: "setting", row: Setting.roots.rawValue) }
        organisation = id
        self.deployment = deployment
        self.roots = roots
        var ring = KeyRing()
        for (_, record) in try cells.records(SealingKeyRecord.self) {
            ring = ring.adding(record.pair)
        }
        self.ring = ring
        deskKey =
            Self.signer(
                seed: try cells.setting(.deskSeed),
                organisation: id,
                deployment: deployment
            ).verifierKey
    }

    /// The desk key, named `organisation.deployment`; the seed is 32 bytes.
    static func signer(
        seed: [UInt8],
        organisation: OrganisationID,
        deployment: [UInt8]
    ) -> NoteSigner {
        NoteSigner(
            name: organisation.ascii + [0x2E] + deployment,
            pair: SigningKeyPair(seed: SecretBytes(copying: seed))
        )
    }

    /// The desk key, taken out of the vault to sign with.
    func signer(from cells: VaultCells) throws -> NoteSigner {
        let seed = try cells.setting(.deskSeed)
        guard seed.count == 32 else {
            throw VaultError.unreadableRecord(table: "setting", row: Setting.deskSeed.rawValue)
        }
        return Self.signer(seed: seed, organisation: organisation, deployment: deployment)
    }
}
