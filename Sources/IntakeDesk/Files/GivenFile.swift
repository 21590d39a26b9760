import SealedIntake

/// A small file that a person names on the command line.
public enum GivenFile {
    /// Its bytes, at most 64 KiB or what else is said.
    /// - Throws: ``FileFault``.
    public static func read(
        _ path: String,
        most: Int = SignedNote.longest
    ) throws(DeskError) -> [UInt8] {
        try FileSource.contents(of: path, most: most)
    }
}
