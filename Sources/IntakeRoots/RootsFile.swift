import IntakeConsole
import SealedIntake

/// The file that names the roots.
public enum RootsFile {
    /// The fingerprint for posters: the first 16 bytes of the file's SHA-256, in fours, with LF as
    /// its line ends.
    /// - Throws: ``FileError``; ``DirectoryError`` when the file names no roots: a poster with the
    ///   fingerprint of something else would teach people to overlook it.
    public static func fingerprint(_ path: String) throws -> String {
        let bytes = try PlainFile.lines(of: path)
        _ = try Roots(bytes: bytes)
        return fingerprint(of: Digest(of: bytes))
    }

    static func fingerprint(of digest: Digest?) -> String {
        let hex = String(utf8: (digest?.hex ?? []).prefix(32).map { $0 })
        return stride(from: 0, to: hex.count, by: 4)
            .map { String(hex.dropFirst($0).prefix(4)) }
            .joined(separator: " ")
    }
}
