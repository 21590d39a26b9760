import SealedIntake

/// A small file that a person names on the command line.
public enum PlainFile {
    /// Its bytes, at most 64 KiB.
    /// - Throws: ``FileFault``.
    public static func read(_ path: String) throws(DeskError) -> [UInt8] {
        try FileSource.contents(of: path, most: SignedNote.longest)
    }
}
