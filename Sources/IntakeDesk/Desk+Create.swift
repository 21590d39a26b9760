import IntakeConsole
import SealedIntake

/// What a new desk is made from.
public struct DeskPlan: Sendable {
    /// The organisation.
    public let organisation: OrganisationID
    /// The deployment's host name.
    public let deployment: [UInt8]
    /// The roots file, pinned as it is.
    public let roots: [UInt8]
    /// The last day of each epoch, earliest first.
    public let epochs: [Day]
    /// What a guess at the passphrase costs.
    public let cost: PassphraseCost

    /// Takes the parts.
    public init(
        organisation: OrganisationID,
        deployment: [UInt8],
        roots: [UInt8],
        epochs: [Day],
        cost: PassphraseCost = .standard
    ) {
        self.organisation = organisation
        self.deployment = deployment
        self.roots = roots
        self.epochs = epochs
        self.cost = cost
    }
}

extension Desk {
    /// Makes a vault with fresh keys: the desk key and a sealing key an epoch.
    /// - Throws: ``DirectoryError``, ``VaultError``; nothing is left of a vault that failed.
    public static func create(
        vault path: String,
        passphrase: borrowing SecretBytes,
        plan: DeskPlan
    ) throws -> Desk {
        _ = try Roots(bytes: plan.roots)
        let vault = try Vault.create(at: path, passphrase: passphrase, cost: plan.cost) {
            cells in
            try cells.set(.organisation, to: plan.organisation.ascii)
            try cells.set(.deployment, to: plan.deployment)
            try cells.set(.roots, to: plan.roots)
            try cells.set(.deskSeed, to: SigningKeyPair.random().exposedSeed)
            for until in plan.epochs {
                _ = try cells.append(SealingKeyRecord(SealingKeyPair.random(), until: until))
            }
        }
        return try Desk(vault: vault)
    }

    /// The lines by which the directory lists this organisation's keys: `seal …` an epoch, `desk …`.
    public func directoryLines() throws -> [String] {
        let records = try vault.read { cells in
            try cells.records(SealingKeyRecord.self).map(\.record)
        }
        let seals = records.map { record in
            let key = String(utf8: Base64.encode(record.pair.publicKey.bytes))
            return "seal 1 \(key) until \(record.until.description)"
        }
        return seals + ["desk \(String(utf8: identity.deskKey.text))"]
    }
}
