import SealedIntake

/// A page and the programs that it lets a browser run.
struct PinnedPage {
    /// What a page fetches and runs, and under which name it pins it.
    private static let names = [
        "/assets/intake.wasm": "wasmIntegrity", "/assets/intake.js": "fallbackIntegrity",
    ]

    /// The paths of all programs.
    static var programs: [String] { names.keys.sorted(by: >) }

    /// The language.
    let language: String
    /// The digest of each program, by its path.
    let pins: [String: Digest]

    /// Reads the pins out of a document whose digest was checked.
    /// - Throws: ``WatchFault/noPin(language:)``.
    init(language: String, document: [UInt8]) throws(WatchFault) {
        let text = String(decoding: document, as: UTF8.self)
        var pins: [String: Digest] = [:]
        for (path, name) in Self.names {
            guard let start = text.firstRange(of: "\"\(name)\":\"sha256-"),
                case let word = text[start.upperBound...].prefix(while: { $0 != "\"" }),
                let digest = Base64.decode([UInt8](word.utf8)).flatMap({ Digest(bytes: $0) })
            else { throw .noPin(language: language) }
            pins[path] = digest
        }
        self.language = language
        self.pins = pins
    }
}
