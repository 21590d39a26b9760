import Stage
import Testing

@testable import SealedIntake

/// A directory that roots can sign, and its lines to break one by one.
final class DirectoryFixture {
    let paper = PaperDeployment("sealed.example", of: ["nl-vi", "helpdesk"])
    let nextSealing = SealingKeyPair.random()

    /// The lines, which the tests change.
    var lines: [String] {
        var directory = paper.directory(until: day("2026-12-31"))
        directory.serial = 7
        directory.issued = day("2026-11-01")
        directory.expires = day("2027-02-01")
        (directory.shards, directory.work) = (4, 4096)
        directory.more = ["page nl \(String(utf8: directory.tree.hex))"]
        let next = PaperListing.seal(nextSealing.publicKey, until: day("2027-03-31"))
        directory.listings[0].keys.insert(next, at: 1)
        directory.listings[0].escalation = "helpdesk after 3"
        directory.listings[1].batch = 1
        return directory.lines
    }

    var text: [UInt8] { [UInt8]((lines.joined(separator: "\n") + "\n").utf8) }

    func roots(threshold: Int) throws -> Roots {
        try Roots(bytes: paper.roots.file(threshold: threshold))
    }

    func directory() throws -> Directory { try Directory(text: text) }
}

struct DirectoryTests {
    private let fixture = DirectoryFixture()

    @Test func `a directory reads as it was written`() throws {
        let directory = try fixture.directory()
        let inspectors = try #require(directory.organisations.first)
        #expect(directory.serial == 7)
        #expect(directory.work == 4096)
        #expect(directory.promiseKeys == [fixture.paper.promise.verifierKey])
        #expect(directory.organisations.map(\.id.description) == ["nl-vi", "helpdesk"])
        #expect(inspectors.escalation?.days == 3)
        #expect(inspectors.batch == 4)
        #expect(directory.organisations[1].escalation == nil)
    }

    @Test func `every vector is a directory, or refused`() throws {
        for vector in try VectorFile("directory.json").cases {
            let root = try VerifierKey(text: try vector.text("root_vkey"))
            let roots = try Roots(bytes: ascii("threshold 1\n") + root.text + [0x0A])
            let note = try SignedNote(bytes: try vector.text("text"))
            let deployment = try vector.text("deployment")
            guard !vector.isRefused else {
                #expect(throws: DirectoryError.self, "\(vector.comment)") {
                    _ = try VerifiedDirectory(note: note, roots: roots, deployment: deployment)
                }
                continue
            }
            let read = try VerifiedDirectory(note: note, roots: roots, deployment: deployment)
            let directory = read.directory
            #expect(read.digest.bytes == (try vector.hex("sha256")))
            #expect(Int(directory.work) == (try vector.number("work")))
            #expect(Int(directory.shards) == (try vector.number("shards")))
            #expect(directory.logKeys.map(\.text) == (try vector.textList("log_vkeys")))
            #expect(directory.promiseKeys.map(\.text) == (try vector.textList("promise_vkeys")))
            let ids = directory.organisations.map { [UInt8]($0.id.description.utf8) }
            #expect(ids == (try vector.textList("organisations")))
        }
    }

    @Test func `a sender uses the first epoch that is not over`() throws {
        let inspectors = try #require(try fixture.directory().organisations.first)
        func key(_ day: String) -> SealingPublicKey? {
            Day(text: [UInt8](day.utf8)).flatMap { inspectors.sealingKey(on: $0) }
        }
        #expect(key("2026-12-31") == fixture.paper["nl-vi"].seal.publicKey)
        #expect(key("2027-01-01") == fixture.nextSealing.publicKey)
        #expect(key("2027-04-01") == nil)
    }

    @Test func `as many different roots as must have signed, and one counts once`() throws {
        let deployment = ascii("sealed.example")
        let one = fixture.paper.roots.one.note(fixture.text)
        let line = one.bytes.dropFirst(one.text.count + 1)
        let again = try SignedNote(bytes: one.bytes + line)
        let two = fixture.paper.roots.two.signing(one)
        let roots = try fixture.roots(threshold: 2)
        #expect(again.signatures.count == 2)
        #expect(fixture.paper.roots.one.signing(one) == one)
        #expect(throws: DirectoryError.tooFewRoots(found: 1, needed: 2)) {
            _ = try VerifiedDirectory(note: again, roots: roots, deployment: deployment)
        }
        _ = try VerifiedDirectory(note: two, roots: roots, deployment: deployment)
        #expect(throws: DirectoryError.otherDeployment) {
            _ = try VerifiedDirectory(note: two, roots: roots, deployment: ascii("other"))
        }
        let stranger = NoteSigner(name: ascii("one.roots"), pair: .random()).note(fixture.text)
        #expect(throws: DirectoryError.tooFewRoots(found: 0, needed: 2)) {
            _ = try VerifiedDirectory(note: stranger, roots: roots, deployment: deployment)
        }
    }

    @Test func `an expired, older or contradicting directory is refused`() throws {
        let note = fixture.paper.roots.one.note(fixture.text)
        let verified = try VerifiedDirectory(
            note: note,
            roots: fixture.roots(threshold: 1),
            deployment: ascii("sealed.example")
        )
        let last = try #require(Day(text: ascii("2027-02-01")))
        try verified.checkHolds(on: last)
        #expect(throws: DirectoryError.expired(last)) {
            try verified.checkHolds(on: last.adding(1))
        }
        try verified.checkSupersedes(serial: 6, digest: Digest(of: []))
        try verified.checkSupersedes(serial: 7, digest: verified.digest)
        #expect(throws: DirectoryError.contradiction) {
            try verified.checkSupersedes(serial: 7, digest: Digest(of: []))
        }
        #expect(throws: DirectoryError.staleSerial(found: 7, known: 8)) {
            try verified.checkSupersedes(serial: 8, digest: Digest(of: []))
        }
    }

    private static func text(_ key: VerifierKey) -> String {
        String(decoding: key.text, as: UTF8.self)
    }

    @Test func `each broken line is named by its number`() {
        let key = String(utf8: Base64.encode(fixture.paper["nl-vi"].seal.publicKey.bytes))
        let broken: [(Int, String)] = [
            (1, "sealedintake/v2/directory"), (2, "deployment "), (3, "serial 07"),
            (3, "serial -1"), (4, "issued 2026-11-31"), (5, "expires tomorrow"),
            (6, "log nonsense"),
            (7, "promise nonsense"), (7, "shards 4"), (9, "work 0"), (9, "work 65536"),
            (9, "work 04"), (9, "work -1"), (9, "work"), (8, "shards x"), (10, "tree 00"),
            (11, "page nl"),
            (11, "page nl 00"), (11, "page n_l \(String(repeating: "0", count: 64))"),
            (12, "organisation NL-VI Naam"), (12, "organisation nl-vi"),
            (12, "organisation nl-vi  Naam"), (12, "organisation nl-vi Naam "),
            (13, "seal 2 \(key) until 2026-12-31"), (13, "seal 1 AAAA until 2026-12-31"),
            (6, "log \(Self.text(fixture.paper.log.verifierKey.cosigner))"),
            (17, "escalation helpdesk after 367"),
            (14, "seal 1 AAAA"), (15, "desk nonsense"), (16, "batch"), (16, "batch 1 2"),
            (17, "escalation helpdesk after 0"), (17, "escalation helpdesk"),
            (17, "escalation helpdesk after three"), (22, "escalation"),
        ]
        for (number, line) in broken {
            var lines = fixture.lines
            lines[number - 1] = line
            let text = [UInt8]((lines.joined(separator: "\n") + "\n").utf8)
            #expect(throws: DirectoryError.badLine(number), "\(line)") {
                _ = try Directory(text: text)
            }
        }
        #expect(throws: DirectoryError.badLine(1), "no line end at the end") {
            _ = try Directory(text: [UInt8](fixture.text.dropLast()))
        }
        #expect(throws: DirectoryError.badLine(22)) {
            _ = try Directory(text: [UInt8](fixture.text.dropLast(16)))
        }
    }

    @Test func `lines that do not agree are refused`() {
        let zero = String(decoding: Base64.encode([UInt8](repeating: 0, count: 32)), as: UTF8.self)
        let logKey = String(decoding: fixture.paper.log.verifierKey.text, as: UTF8.self)
        let promise = String(decoding: fixture.paper.promise.verifierKey.text, as: UTF8.self)
        let key = fixture.paper.log.verifierKey.key
        let shared = VerifierKey(name: ascii("promise.sealed.example"), key: key)
        let elsewhere = VerifierKey(name: ascii("elders.example"), key: key)
        let name = String(utf8: fixture.paper["helpdesk"].signer.verifierKey.text)
        let changed: [(Int, String)] = [
            (2, "deployment other.example"), (5, "expires 2026-10-01"), (8, "shards 3"),
            (8, "shards 0"), (8, "shards 512"), (13, "seal 1 \(zero) until 2026-12-31"),
            (14, "seal 1 \(zero) until 2026-12-31"), (15, "desk \(name)"), (16, "batch 0"),
            (17, "escalation nl-vi after 3"), (17, "escalation nobody after 3"),
            (7, "promise \(promise)\npromise \(promise)"), (7, "promise \(logKey)"),
            (7, "promise \(String(decoding: shared.text, as: UTF8.self))"),
            (6, "log \(logKey)\nlog \(logKey)"), (6, "log \(Self.text(elsewhere))"),
            (11, "\(fixture.lines[10])\n\(fixture.lines[10])"), (16, "batch 1025"),
            (14, fixture.lines[13].replacing("2027-03-31", with: "2026-12-31")),
            // An organisation twice, each with all it must have.
            (
                18,
                (fixture.lines[11...15] + ["escalation none", fixture.lines[17]])
                    .joined(separator: "\n")
            ),
            (20, "desk \(name)\ndesk \(name)"),
        ]
        for (number, line) in changed {
            var lines = fixture.lines
            lines[number - 1] = line
            let text = [UInt8]((lines.joined(separator: "\n") + "\n").utf8)
            #expect(throws: DirectoryError.inconsistent, "\(line)") {
                _ = try Directory(text: text)
            }
        }
    }

    /// A directory of so many organisations, which have all they must.
    private func directory(of count: Int) throws -> Directory {
        let key = fixture.paper["nl-vi"].signer.verifierKey.key
        let organisations = (0..<count).flatMap { number -> [String] in
            let desk = VerifierKey(name: [UInt8]("o-\(number).sealed.example".utf8), key: key)
            return [
                "organisation o-\(number) Naam", fixture.lines[12], "desk \(Self.text(desk))",
                "batch 1024", "escalation \(number == 0 ? "none" : "o-0 after 366")",
            ]
        }
        let lines = fixture.lines.prefix(11) + organisations
        return try Directory(text: [UInt8](lines.map { $0 + "\n" }.joined().utf8))
    }

    @Test func `a directory lists 1 to 255 organisations`() throws {
        #expect(try directory(of: 1).organisations.count == 1)
        #expect(try directory(of: 255).organisations.last?.batch == 1024)
        for count in [0, 256] {
            #expect(throws: DirectoryError.inconsistent) { _ = try directory(of: count) }
        }
    }

    @Test func `where the escalation's keys are all over, nothing is sealed`() throws {
        let directory = try fixture.directory()
        let inspectors = directory.organisations[0]
        let (last, over) = (Day(text: ascii("2026-12-31")), Day(text: ascii("2027-01-01")))
        #expect(
            directory.escalationKey(of: inspectors, on: try #require(last))
                == .key(fixture.paper["helpdesk"].seal.publicKey)
        )
        let key = directory.escalationKey(of: inspectors, on: try #require(over))
        #expect(key == .over)
        #expect(key.wrap(release: [UInt8](repeating: 0, count: 32)) == nil)
        #expect(
            directory.escalationKey(of: directory.organisations[1], on: try #require(last)) == .none
        )
    }

    @Test func `a file of roots has one form only`() {
        let key = String(decoding: fixture.paper.roots.one.verifierKey.text, as: UTF8.self)
        // One key under two names, and two keys under one: either would count twice.
        let again = VerifierKey(name: ascii("root-c"), key: fixture.paper.roots.one.pair.publicKey)
        let namesake = NoteSigner(name: ascii("one.roots"), pair: .random()).verifierKey
        let cosigner = fixture.paper.roots.two.verifierKey.cosigner
        let twins = [again, namesake, cosigner].map { Self.text($0) }
        let bad =
            twins.map { "threshold 2\n\(key)\n\($0)\n" } + [
                "", "threshold 1\n", "threshold 0\n\(key)\n", "threshold 2\n\(key)\n", "\(key)\n",
                "threshold 1\n\(key)", "threshold 1\n\(key)\n\(key)\n", "threshold 01\n\(key)\n",
                "threshold 1\n\(key.dropLast(3))\n",
            ]
        for text in bad {
            #expect(throws: DirectoryError.badRoots, "\(text)") {
                _ = try Roots(bytes: [UInt8](text.utf8))
            }
        }
    }
}
