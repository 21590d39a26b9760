import IntakeConsole

/// Streams bytes into a file that gets its name only when it is whole and on the disk.
///
/// Without ``finish()`` nothing is left behind.
public struct DurableFileWriter: ~Copyable {
    private var file: PlainFileWriter

    /// Opens a file beside `path`; where `isNew`, nothing may lie there.
    /// - Throws: ``StoreError/file(_:)``.
    public init(_ path: String, mode: UInt32 = 0o600, isNew: Bool = false) throws(StoreError) {
        file = try filing { () throws(FileError) in
            try PlainFileWriter(path, mode: mode, isNew: isNew)
        }
    }

    /// Appends bytes.
    /// - Throws: ``StoreError/file(_:)``.
    public mutating func write(_ bytes: [UInt8]) throws(StoreError) {
        do throws(FileError) { try file.write(bytes) } catch { throw .file(error) }
    }

    /// Syncs the file and gives it its name, in place of a plain file that had it.
    /// - Throws: ``StoreError/file(_:)``.
    public mutating func finish() throws(StoreError) {
        do throws(FileError) { try file.finish() } catch { throw .file(error) }
    }
}
