import Foundation
import SealedIntake

/// Fetches public files with curl, which every Debian has: the server itself links no client and
/// no TLS.
///
/// It asks as a browser does, so that what it gets is what a visitor gets.
/// - SeeAlso: `docs/decisions/0007-watch-fetches-with-curl.md`.
struct Curl {
    /// The most bytes of one answer.
    private static let mostBytes = 268_435_456

    private static let words = [
        "curl", "--disable", "--globoff", "--silent", "--show-error", "--proto", "=http,https",
        "--connect-timeout", "20", "--max-time", "120", "--max-filesize", "\(mostBytes)",
        "--compressed", "--include", "--header", "Accept-Language: nl,en;q=0.5", "--user-agent",
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "--write-out", "%{stderr}\n%{http_code}", "--url",
    ]

    /// Scheme, host and port, without a slash at the end.
    let origin: String
    /// The host alone.
    let host: String

    /// Takes the address of a site, which has no path.
    /// - Throws: ``WatchError/badAddress(_:)``.
    init(address: String) throws(WatchError) {
        guard let parts = URLComponents(string: address), let host = parts.host, !host.isEmpty,
            ["http", "https"].contains(parts.scheme), ["", "/"].contains(parts.path),
            parts.query == nil, parts.fragment == nil, parts.user == nil
        else { throw .badAddress(address) }
        self.host = host
        origin = address.hasSuffix("/") ? String(address.dropLast()) : address
    }

    /// The body of a 200 of that type, under which nothing runs, with no field but those it must
    /// have.
    /// - Throws: ``WatchError``.
    func get(_ path: String, type: String) throws(WatchError) -> [UInt8] {
        let served = try answer(path)
        try served.check(type: type)
        return served.body
    }

    /// A 200, its fields not looked at yet.
    /// - Throws: ``WatchError``.
    func answer(_ path: String) throws(WatchError) -> Served {
        let process = Process()
        let body = Pipe()
        let said = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = Self.words + [origin + path]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = body
        process.standardError = said
        let bytes: [UInt8]
        let words: [UInt8]
        do {
            try process.run()
            bytes = try Self.read(body.fileHandleForReading, from: process)
            words = [UInt8](try said.fileHandleForReading.readToEnd() ?? Data())
        } catch {
            throw .cannotFetch(path, "curl could not be run")
        }
        process.waitUntilExit()
        try Self.check(process.terminationStatus, words, path)
        return try Served(path: path, output: bytes)
    }

    /// Reads to the end, or ends the process when it says too much.
    private static func read(_ handle: FileHandle, from process: Process) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while let part = try handle.read(upToCount: 1_048_576), !part.isEmpty {
            bytes += part
            guard bytes.count <= mostBytes else {
                process.terminate()
                break
            }
        }
        return bytes
    }

    /// Curl's own words come first, then the status on a line of its own.
    private static func check(
        _ status: Int32,
        _ words: [UInt8],
        _ path: String
    ) throws(WatchError) {
        guard status != 127 else { throw .noCurl }
        let lines = String(utf8: words).split(separator: "\n")
        guard status == 0 else {
            let reason = lines.first.map { $0.filter { $0.isASCII && !$0.isNewline } } ?? ""
            throw .cannotFetch(path, reason.isEmpty ? "curl ended with \(status)" : reason)
        }
        guard lines.last == "200" else { throw .otherStatus(path, String(lines.last ?? "0")) }
    }
}
