import IntakeConsole
import SealedIntake

/// A root key, open: it lies in its file under a passphrase.
public struct RootKey: ~Copyable {
    /// The longest name, in bytes.
    private static let longestName = 64

    /// The key with its name.
    public let signer: NoteSigner

    init(signer: consuming NoteSigner) {
        self.signer = signer
    }

    /// Makes a fresh key and writes it under a passphrase to a new file, mode 600.
    /// - Throws: ``RootKeyError``, ``FileError``; nothing is overwritten.
    public static func create(
        file path: String,
        name: String,
        passphrase: borrowing SecretBytes,
        cost: PassphraseCost = .standard
    ) throws -> RootKey {
        try check(newFile: path, name: name)
        let signer = NoteSigner(name: [UInt8](name.utf8), pair: SigningKeyPair.random())
        let file = try RootKeyFile(sealing: signer, passphrase: passphrase, cost: cost)
        try PlainFile.create(path, with: file.bytes)
        return RootKey(signer: signer)
    }

    /// Refuses a name that is none, and a file that is there, before anybody types a passphrase.
    /// - Throws: ``RootKeyError/badName(_:)``, ``FileError``.
    public static func check(newFile path: String, name: String) throws {
        let isName =
            (1...longestName).contains(name.utf8.count)
            && name.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x2B }
        guard isName else { throw RootKeyError.badName(name) }
        try PlainFile.check(path, isNew: true)
    }

    /// The public half as roots files list it.
    public var vkey: String { String(utf8: signer.verifierKey.text) }
}
