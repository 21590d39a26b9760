import IntakeConsole
import SealedIntake

/// The file beside a vault that proves a contradiction to anybody who knows the log's key.
enum ProofFile {
    /// Its name: the vault's, and the first four bytes of the file's own SHA-256.
    static func path(beside vault: String, digest: Digest) -> String {
        vault + ".contradiction-" + String(utf8: [UInt8](digest.hex.prefix(8)))
    }

    /// Writes the proof; the same one again writes the same file.
    /// - Returns: its name and digest, and whether it could be written.
    static func write(
        _ proof: Contradiction,
        beside vault: String
    ) -> (path: String, digest: Digest, isWritten: Bool) {
        let bytes = proof.bytes
        let digest = Digest(of: bytes)
        let path = path(beside: vault, digest: digest)
        let isWritten = (try? OutputFile.write(bytes, to: path)) != nil
        return (path, digest, isWritten)
    }
}
