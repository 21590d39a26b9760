import Foundation
import IntakeConsole
import IntakeStore
import SealedIntake

/// The public files of the log in a folder, named as in their addresses.
///
/// ```text
/// FOLDER/log/checkpoint    FOLDER/log/YYYY-MM
/// ```
/// - SeeAlso: `docs/audit.md`.
struct FetchedLog {
    /// The longest of these files, in bytes.
    private static let longest = 268_435_456

    private let folder: String

    init(_ folder: String) {
        self.folder = folder + "/log"
    }

    func checkpoints() throws -> [UInt8] {
        try PlainFile.contents(of: folder + "/checkpoint", most: Self.longest)
    }

    /// Every month that lies there.
    func months() throws -> [[UInt8]] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw CommandError("\"\(folder)\" is no folder that can be listed")
        }
        return
            try names
            .filter { Month(text: [UInt8]($0.utf8)) != nil }
            .map { try PlainFile.contents(of: folder + "/" + $0, most: Self.longest) }
    }
}
