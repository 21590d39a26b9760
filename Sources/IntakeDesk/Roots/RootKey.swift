import Foundation
import SealedIntake

/// A root key in its file: one line, readable by its owner alone.
///
/// ```text
/// sealedintake/v1/root-key NAME BASE64(seed[32])
/// ```
public struct RootKey: ~Copyable {
    private static let head = "sealedintake/v1/root-key"

    /// The key with its name.
    public let signer: NoteSigner

    /// Makes a fresh key and writes it to a new file, mode 600.
    /// - Throws: ``RootKeyFault``, ``FileFault``; nothing is overwritten.
    public static func create(file path: String, name: String) throws(DeskError) -> RootKey {
        try checkName(name)
        let pair = SigningKeyPair.random()
        var seed = pair.exposedSeed
        var line = [UInt8]("\(head) \(name) \(text(Base64.encode(seed)))\n".utf8)
        defer {
            seed.wipe()
            line.wipe()
        }
        try OutputFile.create(line, at: path)
        return RootKey(signer: NoteSigner(name: [UInt8](name.utf8), pair: pair))
    }

    /// Reads a key file.
    /// - Throws: ``RootKeyFault/malformed(path:)``, ``FileFault``.
    public static func read(file path: String) throws(DeskError) -> RootKey {
        var bytes = try FileSource.contents(of: path, most: 4096)
        var seed: [UInt8] = []
        defer {
            bytes.wipe()
            seed.wipe()
        }
        let words = bytes.split(separator: 0x20, omittingEmptySubsequences: false)
            .map { [UInt8]($0) }
        guard words.count == 3, words[0] == [UInt8](head.utf8), words[2].last == 0x0A,
            let decoded = Base64.decode([UInt8](words[2].dropLast())), decoded.count == 32
        else { throw .rootKey(.malformed(path: path)) }
        seed = decoded
        try checkName(text(words[1]))
        let pair = SigningKeyPair(seed: SecretBytes(copying: seed))
        return RootKey(signer: NoteSigner(name: words[1], pair: pair))
    }

    /// The public half as roots files list it.
    public var vkey: String { text(signer.verifierKey.text) }

    private static func checkName(_ name: String) throws(DeskError) {
        let isName =
            (1...64).contains(name.utf8.count)
            && name.unicodeScalars.allSatisfy {
                $0 != "+" && $0 != " " && !Printable.isHidden($0)
            }
        guard isName else { throw .rootKey(.badName(name)) }
    }
}

/// Why a root key cannot be made or read.
public enum RootKeyFault: Error, Equatable, Sendable {
    /// The file holds no root key.
    case malformed(path: String)
    /// The name cannot stand in a note.
    case badName(String)

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .malformed(let path): "\"\(path)\" holds no root key, it must be made by root new"
        case .badName(let name):
            "\"\(Printable.line(name))\" is no name for a key, it must be 1 to 64 bytes "
                + "without spaces and plus signs"
        }
    }
}
