import SealedIntake

/// A page: the policy it runs under, and the files that it pins: its programs, and what goes with them.
struct PinnedPage {
    /// How a page is served.
    static let type = "text/html; charset=utf-8"

    /// A file that a page fetches.
    struct File {
        /// Where it lies.
        let path: String
        /// How it is served.
        let type: String
        /// Its digest.
        let digest: Digest
    }

    /// What a page fetches, how it is served, and under which name the page pins it.
    private static func names(_ language: String) -> [(String, String, String)] {
        [
            ("\(language).json", PageRest.contentType, "restIntegrity"),
            ("intake.wasm", "application/wasm", "wasmIntegrity"),
            ("intake.js", "text/javascript; charset=utf-8", "fallbackIntegrity"),
        ]
    }

    /// The language.
    let language: String
    /// The policy that the header must have: the document's, and what only a header may say.
    let policy: String
    /// The files.
    let files: [File]

    /// Reads policy and pins out of a document whose digest was checked.
    /// - Throws: ``WatchError/noPolicy(language:)``, ``WatchError/noPin(language:)``.
    init(language: String, document: [UInt8]) throws(WatchError) {
        let text = String(utf8: document)
        guard
            let written = Self.word(
                in: text,
                after: "<head>\n<meta http-equiv=\"Content-Security-Policy\" content=\""
            )
        else { throw .noPolicy(language: language) }
        policy = written + Page.headerPolicy
        var files: [File] = []
        for (file, type, name) in Self.names(language) {
            guard let word = Self.word(in: text, after: "\"\(name)\":\"sha256-"),
                let digest = Base64.decode([UInt8](word.utf8)).flatMap({ Digest(bytes: $0) })
            else { throw .noPin(language: language) }
            let path = Assets.path(of: file, digest)
            files.append(File(path: path, type: type, digest: digest))
        }
        self.language = language
        self.files = files
    }

    /// What stands between a beginning and the next quotation mark.
    private static func word(in text: String, after beginning: String) -> String? {
        text.firstRange(of: beginning).map { start in
            String(text[start.upperBound...].prefix { $0 != "\"" })
        }
    }
}
