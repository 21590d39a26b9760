import IntakeConsole
import SealedIntake

/// A root key as it lies in its file: its public half, and the seed under a passphrase.
///
/// ```text
/// sealedintake/v1/root-key LF
/// VKEY LF
/// argon2id OPERATIONS MEMORY BASE64(salt[16]) LF
/// BASE64(nonce[24] ‖ AEAD(key of the passphrase, nonce, ad place, seed[32])) LF
///
/// place = L("root-key") ‖ 00 ‖ u64 operations ‖ u64 memory ‖ salt[16] ‖ VKEY
/// ```
/// - SeeAlso: `docs/spec/protocol.md`, section 12.3.
public struct RootKeyFile: Sendable {
    private static let label = [UInt8]("sealedintake/v1/root-key".utf8)
    private static let longest = 4096

    /// The public half.
    public let verifierKey: VerifierKey

    private let salt: [UInt8]
    private let cost: PassphraseCost
    private let cell: [UInt8]

    /// Puts a key under a passphrase.
    /// - Throws: ``PassphraseError/tooLittleMemory``.
    init(
        sealing signer: borrowing NoteSigner,
        passphrase: borrowing SecretBytes,
        cost: PassphraseCost
    ) throws {
        verifierKey = signer.verifierKey
        salt = VaultKey.randomBytes(16)
        self.cost = cost
        let key = try cost.key(of: passphrase, salt: salt)
        var seed = signer.pair.exposedSeed
        defer { seed.wipe() }
        cell = key.encrypt(
            seed,
            place: Self.place(cost: cost, salt: salt, key: signer.verifierKey)
        )
    }

    /// Reads a key file; it stays closed.
    /// - Throws: ``FileError``, ``RootKeyError/inTheClear(path:)``,
    ///   ``RootKeyError/malformed(path:)``: there is one way only to write a key.
    public init(path: String) throws {
        var bytes = try PlainFile.contents(of: path, most: Self.longest)
        // An old one is a secret.
        defer { bytes.wipe() }
        guard !bytes.starts(with: Self.label + [0x20]) else {
            throw RootKeyError.inTheClear(path: path)
        }
        guard let read = Self(bytes), read.bytes == bytes else {
            throw RootKeyError.malformed(path: path)
        }
        self = read
    }

    private init?(_ bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard let label = try? reader.line(), label == Self.label,
            let vkey = (try? reader.line()).flatMap({ try? VerifierKey(text: $0) }),
            vkey.algorithm == .ed25519,
            let words = (try? reader.line())?.split(
                separator: 0x20,
                omittingEmptySubsequences: false
            ).map({ [UInt8]($0) }),
            words.count == 4, words[0] == Self.function,
            let operations = Int64(String(utf8: words[1])),
            let memory = Int64(String(utf8: words[2])),
            let cost = PassphraseCost(operations: operations, memoryBytes: memory),
            let salt = Base64.decode(words[3]), salt.count == 16,
            let cell = (try? reader.line()).flatMap({ Base64.decode($0) }), cell.count == 72,
            reader.isAtEnd
        else { return nil }
        verifierKey = vkey
        self.salt = salt
        self.cost = cost
        self.cell = cell
    }

    /// The whole file.
    var bytes: [UInt8] {
        let words = " \(cost.operations) \(cost.memoryBytes) ".utf8
        let lines = [
            Self.label, verifierKey.text, Self.function + words + Base64.encode(salt),
            Base64.encode(cell),
        ]
        return lines.reduce(into: []) { $0 += $1 + [0x0A] }
    }

    /// Opens it, by the passphrase however a keyboard types it.
    /// - Throws: ``RootKeyError/wrongPassphrase``, ``PassphraseError/tooLittleMemory``.
    public func open(passphrase: borrowing SecretBytes) throws -> RootKey {
        let place = Self.place(cost: cost, salt: salt, key: verifierKey)
        let opened = try Passphrase.tried(passphrase) { passphrase in
            try cost.key(of: passphrase, salt: salt).decrypt(cell, place: place)
        }
        guard var seed = opened else { throw RootKeyError.wrongPassphrase }
        defer { seed.wipe() }
        let pair = SigningKeyPair(seed: SecretBytes(copying: seed))
        guard pair.publicKey == verifierKey.key else { throw RootKeyError.wrongPassphrase }
        return RootKey(signer: NoteSigner(name: verifierKey.name, pair: pair))
    }

    private static let function = [UInt8]("argon2id".utf8)

    /// What the seed is bound to: how its key was made, and whose it is.
    private static func place(cost: PassphraseCost, salt: [UInt8], key: VerifierKey) -> [UInt8] {
        var writer = ByteWriter(label + [0])
        writer.u64(cost.operations)
        writer.u64(UInt64(cost.memoryBytes))
        writer.append(salt)
        writer.append(key.text)
        return writer.bytes
    }
}
