/// Writes a file whole or not at all, durably: it is carried away on a stick.
///
/// Begun before the work whose outcome goes into it, so that what cannot be written is refused
/// before anything is noted as sent.
public struct OutputFile: ~Copyable {
    private var file: PlainFileWriter

    /// Begins a file beside its name; mode 644, nothing in it is secret.
    /// - Throws: ``FileError``; only a plain file may have the name.
    public init(_ path: String) throws(FileError) {
        file = try PlainFileWriter(path, exactMode: 0o644)
    }

    /// Writes all of it and takes the name.
    /// - Throws: ``FileError``.
    public mutating func finish(_ bytes: [UInt8]) throws(FileError) {
        try file.write(bytes)
        try file.finish()
    }

    /// Writes one file.
    /// - Throws: ``FileError``; only a plain file is replaced.
    public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        var file = try OutputFile(path)
        try file.finish(bytes)
    }

    /// Writes several, in their order; none where one of the names may not be replaced.
    /// - Throws: ``FileError``.
    public static func write(
        _ files: [(name: String, bytes: [UInt8])],
        into folder: String
    ) throws(FileError) {
        for file in files { try PlainFile.check(folder + "/" + file.name) }
        for file in files { try write(file.bytes, to: folder + "/" + file.name) }
    }
}
