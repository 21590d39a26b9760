import Foundation
import IntakeConsole
import IntakeStore
import SealedIntake

/// The folder of the built page: the program for the browser and the page's sources.
///
/// ```text
/// intake.wasm intake.js, each also as .br and .gz   web/{page.html,*.css,*.js,texts/LANG.json}
/// ```
struct Assets {
    /// The longest single file.
    private static let longest = 16_777_216

    private let folder: String
    /// Whether only languages whose texts a second person read belong to the page.
    var reviewedOnly = false

    /// Takes a folder that holds a whole page.
    /// - Throws: ``CommandError`` naming the first file that is missing.
    init(folder: String) throws {
        self.folder = folder
        let needed = Self.programs + ["web/page.html", "web/colours.css", "web/worker.js"]
        for name in needed where try !PlainFile.exists(folder + "/" + name) {
            throw CommandError(
                "no \(name) in \"\(folder)\", scripts/build-page must have built the page"
            )
        }
    }

    /// The folder beside the program, or `.build-page` there or in a folder above.
    static func beside() throws -> Assets {
        let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        var place = program.deletingLastPathComponent()
        let candidate = place.appending(path: "page").path
        if try PlainFile.exists(candidate + "/web/page.html") {
            return try Assets(folder: candidate)
        }
        while place.path != "/" {
            let candidate = place.appending(path: ".build-page").path
            if try PlainFile.exists(candidate) { return try Assets(folder: candidate) }
            place.deleteLastPathComponent()
        }
        throw CommandError(
            "no built page beside the program, scripts/build-page must have built it "
                + "(--assets names another folder, --no-page serves without)"
        )
    }

    /// The program for browsers and its translation, each also compressed.
    private static let programs = ["intake.wasm", "intake.js"].flatMap { name in
        ["", ".br", ".gz"].map { name + $0 }
    }

    /// A file's bytes.
    func bytes(_ name: String) throws -> [UInt8] {
        try PlainFile.contents(of: folder + "/" + name, most: Self.longest)
    }

    /// A source of the page as text.
    func source(_ name: String) throws -> String {
        guard let text = String(validating: try bytes("web/" + name), as: UTF8.self),
            !text.utf8.contains(0x0D)
        else { throw CommandError("\(name) is not UTF-8 with LF at line ends, it must be") }
        return text
    }

    /// All scripts of a folder but the worker's, in alphabetical order, one after the other.
    func script(in folder: String = "") throws -> String {
        let names = try names(in: "web/" + folder, ending: ".js").filter { $0 != "worker.js" }
        guard !names.isEmpty else { throw CommandError("the page has no script, it must have") }
        return try names.map { try source(folder + $0) }.joined(separator: "\n")
    }

    /// Sheets of style, one after the other.
    func style(_ names: [String]) throws -> String { try names.map(source).joined(separator: "\n") }

    /// A file of texts, by key.
    func texts(_ name: String) throws -> [String: String] {
        let source = Data(try source(name).utf8)
        guard let texts = try? JSONDecoder().decode([String: String].self, from: source) else {
            throw CommandError("\(name) cannot be read, it must be one JSON object of strings")
        }
        return texts
    }

    /// Whether there is such a source.
    func has(_ name: String) throws -> Bool {
        try PlainFile.exists(folder + "/web/" + name)
    }

    /// Whether a second person read a language's texts.
    func isReviewed(_ tag: String) throws -> Bool {
        try source("texts/reviewed").split(separator: "\n").contains { $0 == tag }
    }

    /// The languages that have texts: Dutch, then other ways to write it, then by name.
    func languages() throws -> [String] {
        let found = try names(in: "web/texts", ending: ".json").map { String($0.dropLast(5)) }
            .filter { try !reviewedOnly || isReviewed($0) }
        guard !found.isEmpty else { throw CommandError("the page has no texts, it must have") }
        let dutch = found.filter { $0 == "nl" } + found.filter { $0.hasPrefix("nl-") }
        return dutch + found.filter { !dutch.contains($0) }
    }

    /// A file that a page fetches and pins, as the page names it.
    struct Pinned {
        /// Where it lies: the path has the beginning of its digest in it.
        let path: String
        /// What a browser must find it to be: `sha256-` and base64.
        let integrity: String

        /// A file by its name, `intake.wasm`.
        init(_ name: String, _ bytes: [UInt8]) {
            path = Assets.path(of: name, Digest(of: bytes))
            integrity = Assets.hash(of: bytes)
        }
    }

    /// A program by its file's name.
    func program(_ name: String) throws -> Pinned { Pinned(name, try bytes(name)) }

    /// `/assets/intake-HEX16.wasm`: another program lies at another path.
    static func path(of name: String, _ digest: Digest) -> String {
        let hex = String(utf8: digest.hex.prefix(16))
        return "/assets/" + name.replacing(".", with: "-\(hex).")
    }

    /// SHA-256 as a browser pins it: `sha256-` and base64.
    static func hash(of bytes: [UInt8]) -> String {
        let digest = Digest(of: bytes)
        return "sha256-" + String(utf8: Base64.encode(digest.bytes))
    }

    private func names(in place: String, ending: String) throws -> [String] {
        let path = folder + "/" + place
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw CommandError("\"\(path)\" cannot be read, it must be a folder")
        }
        return names.filter { $0.hasSuffix(ending) && !$0.hasPrefix(".") }.sorted()
    }
}
