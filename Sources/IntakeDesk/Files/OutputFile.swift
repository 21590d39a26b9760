import IntakeFiles

/// Writes a file whole or not at all, durably: it is carried away on a stick.
///
/// Begun before the work whose outcome goes into it, so that what cannot be written is refused
/// before anything is noted as sent.
public struct OutputFile: ~Copyable {
    private var file: PlainFileWriter

    /// Begins a file beside its name; mode 644, nothing in it is secret.
    /// - Throws: ``FileFault``; only a plain file may have the name.
    init(_ path: String) throws(DeskError) {
        do throws(FileFault) {
            file = try PlainFileWriter(path, exactMode: 0o644)
        } catch {
            throw .file(error)
        }
    }

    /// Writes all of it and takes the name.
    /// - Throws: ``FileFault``.
    mutating func finish(_ bytes: [UInt8]) throws(DeskError) {
        do throws(FileFault) {
            try file.write(bytes)
            try file.finish()
        } catch {
            throw .file(error)
        }
    }

    /// Writes one file.
    /// - Throws: ``FileFault``; only a plain file is replaced.
    public static func write(_ bytes: [UInt8], to path: String) throws(DeskError) {
        var file = try OutputFile(path)
        try file.finish(bytes)
    }

    /// Writes several, in their order; none where one of the names may not be replaced.
    /// - Throws: ``FileFault``.
    public static func write(
        _ files: [(name: String, bytes: [UInt8])],
        into folder: String
    ) throws(DeskError) {
        for file in files { try check(folder + "/" + file.name) }
        for file in files { try write(file.bytes, to: folder + "/" + file.name) }
    }

    /// Refuses a name that could not be written; where `isNew`, one that is taken.
    /// - Throws: ``FileFault``.
    public static func check(_ path: String, isNew: Bool = false) throws(DeskError) {
        do throws(FileFault) {
            try PlainFile.check(path, isNew: isNew)
        } catch {
            throw .file(error)
        }
    }

    /// Makes a new file, mode 600, for a secret.
    /// - Throws: ``FileFault``; ``FileFault/taken(path:)`` when the name is.
    static func create(_ bytes: [UInt8], at path: String) throws(DeskError) {
        do throws(FileFault) {
            var file = try PlainFileWriter(path, mode: 0o600, isNew: true)
            try file.write(bytes)
            try file.finish()
        } catch {
            throw .file(error)
        }
    }
}
