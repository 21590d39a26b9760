import Foundation
import Testing

/// The house of ARCHITECTURE.md: what each module may import and must never do.
struct ImportTableTests {
    /// Packages of the system that hold no Swift.
    private static let maps: Set<String> = ["CBrotli", "CSodium"]

    @Test func `every module imports what the table of ARCHITECTURE names, and nothing else`()
        throws
    {
        let table = try ImportTable.read()
        let modules = try Project.modules()
        #expect(Set(modules).union(Self.maps) == Set(table.keys))
        for module in modules {
            let files = try Project.sources(of: module)
            try #require(!files.isEmpty, "\(module) has no sources")
            for file in files {
                for name in file.imports {
                    let isAllowed = table[module]?.contains(name) ?? false
                    #expect(isAllowed, "\(file.path) imports \(name)")
                }
            }
            let unused = table[module]?.subtracting(files.flatMap(\.imports)) ?? []
            #expect(unused.isEmpty, "\(module) imports no \(unused.sorted())")
        }
    }

    @Test func `a row of the table is read, and prose is none`() {
        let table = ImportTable.read(
            """
            | module | what | may import | must never |
            |---|---|---|---|
            | `One` | a thing | Two, Three | all |
            | `Map` | of a library | | |
            the `One` | is no row
            """
        )
        #expect(table == ["One": ["Two", "Three"], "Map": []])
    }

    /// Words that would break an invariant wherever they stood in a module's code.
    private static let forbidden: [(modules: [String], words: [String])] = [
        (
            ["SealedIntake", "IntakeOpening", "IntakePage"],
            ["print(", "Date(", "FileManager", "Process", "getenv", "ContinuousClock"]
        ),
        (
            ["IntakeStore", "intake-server"],
            [
                "remoteAddress", "TracingMiddleware", "LogRequestsMiddleware", "FileMiddleware",
                "x-forwarded-for", "X-Forwarded-For", "SealingKeyPair", "KeyRing",
                ".open(with", "AdmittedMessage", "ReporterRoot", "FollowUpToken",
            ]
        ),
        (
            ["IntakeStore", "intake-server"],
            ["URLSession", "FoundationNetworking", "NIOSSL", "AsyncHTTPClient", "posix_spawn"]
        ),
        (
            [
                "IntakeDesk", "IntakeRoots", "IntakeAudit", "IntakeConsole", "IntakeTree",
                "intake-admin",
            ],
            ["URLSession", "socket(", "Socket", "http://", "https://", "Process("]
        ),
        (
            [
                "SealedIntake", "IntakeOpening", "IntakePage", "IntakeConsole", "IntakeStore",
                "IntakeRoots", "IntakeAudit", "IntakeDesk", "IntakeTree", "intake-server",
                "intake-admin",
            ],
            ["try!", "fatalError(", "as!", "TODO", "FIXME"]
        ),
    ]

    /// Addresses that nobody fetches: what every SVG file names, and what stands on posters.
    private static let printed = [
        "\"http://www.w3.org/2000/svg\\\"", "xmlns=\"http://www.w3.org/2000/svg\"",
        "static let scheme = \"https://\"",
    ]

    @Test func `no module holds a word that would break an invariant`() throws {
        for (modules, words) in Self.forbidden {
            for file in try modules.flatMap(Project.sources) {
                let code = Self.printed.reduce(file.code) {
                    $0.replacingOccurrences(of: $1, with: "")
                }
                for word in words where code.contains(word) {
                    Issue.record("\(file.path) holds \(word)")
                }
            }
        }
    }

    /// Everything else is libsodium's, in the browser as well.
    @Test func `a second library of cryptography computes digests and nothing else`() throws {
        let users = try Project.modules().flatMap(Project.sources)
            .filter { $0.imports.contains("Crypto") }
        #expect(users.map(\.path).allSatisfy { $0.hasSuffix("Tables/Digest+Native.swift") })
        let code = try #require(users.first).code
        #expect(users.count == 1)
        let names = [
            "SHA256.hash(data:", "SHA256()", "SHA256.blockByteCount", "Digest(",
            "extension SealedIntake.Digest",
        ]
        let rest = names.reduce(code) { $0.replacingOccurrences(of: $1, with: "") }
        for word in ["AES", "ChaCha", "Curve", "HMAC", "HKDF", "HPKE", "SHA", "Key", "P256"] {
            #expect(!rest.contains(word), "\(word)")
        }
    }

    /// The watcher's curl, and nothing else, is started.
    @Test func `the server starts another program in one place only`() throws {
        let starters = try ["IntakeStore", "intake-server"].flatMap(Project.sources)
            .filter { $0.code.contains("Process()") }
        #expect(starters.map(\.path).allSatisfy { $0.hasSuffix("Watching/Curl.swift") })
        #expect(starters.count == 1)
    }

    /// Paths come from outside too: what opens, writes and renames files looks at what lies there.
    @Test func `files are opened by the module for it alone`() throws {
        let words = [
            "O_RDONLY", "O_WRONLY", "O_RDWR", "fopen(", "freopen(", "rename(", "contents(atPath",
            "contentsOf:", "contentsOfFile", "createFile(", "FileHandle(for", "write(toFile",
            ".write(to: URL", "copyItem(", "moveItem(", "OutputStream(", "InputStream(",
        ]
        let files = try Project.modules().filter { $0 != "IntakeConsole" }
            .flatMap(Project.sources)
        for file in files {
            for word in words where file.code.contains(word) {
                Issue.record("\(file.path) holds \(word)")
            }
        }
    }

    /// Bytes from outside are indexed in ByteReader only: elsewhere the protocol takes prefixes,
    /// drops and maps.
    @Test func `the protocol slices bytes by position in the reader only`() throws {
        let allowed = ["ByteReader.swift", "TokenSyllables.swift", "FollowUpToken.swift"]
        for file in try Project.sources(of: "SealedIntake")
        where !allowed.contains(where: file.path.hasSuffix) {
            #expect(!file.code.contains("..<bytes.count"), "\(file.path)")
            #expect(!file.code.contains("bytes["), "\(file.path)")
        }
    }
}
