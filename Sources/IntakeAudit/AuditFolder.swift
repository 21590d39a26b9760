import Foundation
import IntakeConsole
import SealedIntake

/// The public files of a deployment as somebody fetched them, under the names of their addresses.
///
/// ```text
/// directory          directory-*          the newest directory note, and older ones
/// log/checkpoint     log/checkpoint-*     the newest list of checkpoints, and older ones
/// log/YYYY-MM                             every month from the first one held
/// drop/0 …                                all shards, or none
/// ```
/// - SeeAlso: `docs/audit.md`.
struct AuditFolder {
    /// The most bytes of one file.
    static let mostBytes = 1 << 30

    private let path: String
    /// The names found, with their folder, sorted.
    let names: [String]

    /// Lists the folder; nothing is read yet.
    /// - Throws: ``FileError``.
    init(path: String) throws {
        self.path = path
        var found = try Self.list(path).filter { !["log", "drop"].contains($0) }
        for folder in ["log", "drop"]
        where try PlainFile.exists("\(path)/\(folder)") {
            found += try Self.list("\(path)/\(folder)").map { "\(folder)/\($0)" }
        }
        names = found.sorted()
    }

    /// The directory notes, the newest first.
    var directories: [String] { family("directory") }

    /// The lists of checkpoints, the newest first.
    var checkpoints: [String] { family("log/checkpoint") }

    /// The months held, in order.
    var months: [Month] { names.compactMap(Self.month) }

    /// The name of a shard of the drop, as it is fetched: its number in three digits.
    static func shard(_ number: Int) -> String {
        let digits = String(number)
        return "drop/" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }

    /// Whether any shard of the drop is held.
    var hasDrop: Bool { names.contains { $0.hasPrefix("drop/") } }

    /// Names that mean nothing to an audit; roots are given apart, but may well lie here.
    func unknown(shards: UInt32) -> [String] {
        let shards = (0..<shards).map { Self.shard(Int($0)) }
        let known = Set(directories + checkpoints + shards + ["roots"])
        return names.filter { !known.contains($0) && Self.month($0) == nil }
    }

    /// All bytes of a file.
    /// - Throws: ``AuditError/missing(_:)``, ``FileError``.
    func bytes(_ name: String) throws -> [UInt8] {
        guard names.contains(name) else { throw AuditError.missing(name) }
        return try PlainFile.contents(of: "\(path)/\(name)", most: Self.mostBytes)
    }

    /// A name and those that begin with it and a hyphen.
    private func family(_ name: String) -> [String] {
        names.filter { $0 == name } + names.filter { $0.hasPrefix(name + "-") }.reversed()
    }

    private static func month(_ name: String) -> Month? {
        name.hasPrefix("log/") ? Month(text: [UInt8](name.dropFirst(4).utf8)) : nil
    }

    private static func list(_ path: String) throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw FileError.unreadable(path: path, reason: "no folder that can be listed")
        }
    }
}
