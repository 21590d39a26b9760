import IntakeConsole
import SealedIntake

/// How far time is explained, to the hour, in a file beside the store.
///
/// Not in the store: what is written there now and then stands between what people sent, and who
/// took the file of an open day away could read off when each came.
struct TimeFile: Sendable {
    private let path: String

    /// The file of a store.
    init(beside store: String) {
        path = store + ".time"
    }

    /// The hour of Unix time written down last; nil where none can be read, which explains nothing.
    var hour: UInt32? {
        guard let bytes = try? PlainFile.contentsIfThere(of: path), bytes.last == 0x0A else {
            return nil
        }
        return UInt32(String(utf8: bytes.dropLast().map { $0 }))
    }

    /// Writes an hour down.
    /// - Throws: ``FileError``.
    func write(_ hour: UInt32) throws {
        try PlainFile.replace(path, with: [UInt8]("\(hour)\n".utf8))
    }
}
