import IntakeConsole

/// A file open for reading, from its beginning on.
final class OpenFile {
    private let file: PlainFileReader
    private var offset: UInt64 = 0

    /// Opens a plain file.
    /// - Throws: ``StoreError/file(path:reason:)``.
    init(_ path: String) throws(StoreError) {
        file = try filing { () throws(FileError) in try PlainFileReader(path) }
    }

    /// The next bytes, at most `count` of them; none at the end.
    /// - Throws: ``StoreError/file(path:reason:)``.
    func next(_ count: Int) throws(StoreError) -> [UInt8] {
        let part: [UInt8]
        do throws(FileError) {
            part = try file.read(count, at: offset)
        } catch {
            throw StoreError(error)
        }
        offset += UInt64(part.count)
        return part
    }
}
