import SealedIntake

/// What a guess at the passphrase costs: passes and memory of Argon2id.
public struct PassphraseCost: Equatable, Sendable {
    /// Passes over the memory.
    public let operations: UInt64
    /// Memory in bytes.
    public let memoryBytes: Int

    /// What a vault and a root key are made with: 3 passes over 256 MiB.
    public static let standard = PassphraseCost(operations: 3, memoryBytes: 268_435_456)

    /// The least that libsodium takes: for tests, where nothing is secret.
    public static let least = PassphraseCost(operations: 1, memoryBytes: 8192)

    private init(operations: UInt64, memoryBytes: Int) {
        self.operations = operations
        self.memoryBytes = memoryBytes
    }

    /// Takes what stands in a file, or nil when none was ever made so.
    public init?(operations: Int64, memoryBytes: Int64) {
        guard (1...16).contains(operations), (8192...1_073_741_824).contains(memoryBytes) else {
            return nil
        }
        self.init(operations: UInt64(operations), memoryBytes: Int(memoryBytes))
    }

    /// The key of a passphrase; the salt is 16 bytes.
    public func key(
        of passphrase: borrowing SecretBytes,
        salt: [UInt8]
    ) throws -> VaultKey {
        do throws(KeyError) {
            return try VaultKey.derive(
                passphrase: passphrase,
                salt: salt,
                operations: operations,
                memoryBytes: memoryBytes
            )
        } catch {
            throw PassphraseError.tooLittleMemory
        }
    }
}
