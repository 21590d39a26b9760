import SealedIntake

/// The file that names the roots.
public enum RootsFile {
    /// The fingerprint for posters: the first 16 bytes of the file's SHA-256, in fours.
    /// - Throws: ``FileFault``; ``DirectoryFault`` when the file names no roots: a poster with the
    ///   fingerprint of something else would teach people to overlook it.
    public static func fingerprint(_ path: String) throws(DeskError) -> String {
        let bytes = try FileSource.contents(of: path, most: SignedNote.longest)
        do throws(DirectoryError) {
            _ = try Roots(bytes: bytes)
        } catch {
            throw .directory(.refused(error))
        }
        return fingerprint(of: Digest(of: bytes))
    }

    static func fingerprint(of digest: Digest?) -> String {
        let hex = text((digest?.hex ?? []).prefix(32).map { $0 })
        return stride(from: 0, to: hex.count, by: 4)
            .map { String(hex.dropFirst($0).prefix(4)) }
            .joined(separator: " ")
    }
}
