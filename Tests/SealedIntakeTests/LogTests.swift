import Testing

@testable import SealedIntake

struct LogTests {
    @Test func `every leaf hashes and the root follows`() throws {
        var tree = MerkleTree()
        for vector in try VectorFile("log.json").cases {
            var reader = ByteReader(try vector.hex("leaf"))
            let leaf = try Leaf(from: &reader)
            #expect(leaf.bytes == (try vector.hex("leaf")))
            #expect(leaf.hash.bytes == (try vector.hex("leaf_hash")))
            tree.append(leaf.hash)
            #expect(tree.root.bytes == (try vector.hex("root_up_to_here")))
        }
    }

    @Test func `every month file gives its root and the next month's subtrees`() throws {
        for vector in try VectorFile("month.json").cases {
            let bytes = try vector.hex("file")
            let file = try MonthFile(bytes: bytes)
            #expect(file.bytes == bytes)
            #expect(file.first == UInt64(try vector.number("first")))
            #expect(file.after.size == UInt64(try vector.number("size")))
            #expect(file.after.root.bytes == (try vector.hex("root")))
            #expect(file.after.subtrees.map(\.bytes) == (try vector.hexList("next_subtrees")))
        }
    }

    @Test func `every note verifies under its keys or is refused`() throws {
        for vector in try VectorFile("note.json").cases {
            let note = try SignedNote(bytes: try vector.text("text"))
            let logKey = try VerifierKey(text: try vector.text("log_vkey"))
            #expect(note.bytes == (try vector.text("text")))
            #expect(logKey.text == (try vector.text("log_vkey")))
            let verified = Result {
                try VerifiedCheckpoint(note: note, origin: logKey.name, logKeys: [logKey])
            }
            if vector.isRefused {
                #expect(throws: NoteError.badSignature) { try verified.get() }
                continue
            }
            if vector.has("tree") {
                let checkpoint = try verified.get().checkpoint
                #expect(checkpoint.size == UInt64(try vector.number("tree")))
                #expect(checkpoint.root.bytes == (try vector.hex("root")))
            }
            guard vector.has("desk_vkey") else { continue }
            let deskKey = try VerifierKey(text: try vector.text("desk_vkey"))
            let day = try verified.get().cosigned(by: [deskKey])
            #expect(day == Day(number: UInt32(try vector.number("day"))))
        }
    }

    @Test func `what is signed and cosigned here verifies here`() throws {
        let log = NoteSigner(name: ascii("sealed.example"), pair: .random())
        let desk = NoteSigner(name: ascii("nl-vi.sealed.example"), pair: .random())
        let checkpoint = Checkpoint(origin: log.name, size: 0, root: MerkleTree().root)
        let note = desk.cosigning(log.note(checkpoint.text), day: Day(number: 20_780))
        let read = try SignedNote(bytes: note.bytes)
        let logKey = log.verifierKey
        let verified = try VerifiedCheckpoint(note: read, origin: log.name, logKeys: [logKey])
        #expect(try verified.cosigned(by: [desk.verifierKey]) == Day(number: 20_780))
        #expect(try verified.cosigned(by: [logKey]) == nil)
        #expect(throws: NoteError.notSigned) {
            _ = try VerifiedCheckpoint(note: read, origin: log.name, logKeys: [])
        }
    }

    @Test func `text that is no note is refused`() throws {
        let good = "a\n\n— b AAAAAAA=\n"
        _ = try SignedNote(bytes: [UInt8](good.utf8))
        let bad = [
            "", "\n", "a", "a\n", "a\n\n", "a\n— b AAAAAAA=\n", "a\n\n— b AAAAAAA=",
            "a\n\n— b AAAA\n", "a\n\n— b c AAAAAAA=\n", "a\n\n- b AAAAAAA=\n",
            "a\n\n— b  AAAAAAA=\n",
            "a\n\n— b+c AAAAAAA=\n", "a\r\n\n— b AAAAAAA=\n", "a\u{0}\n\n— b AAAAAAA=\n",
            "a\n\n— b AAAAAAB=\n", "a\n\n— b AAAAAAA\n", good + "x\n",
            String(repeating: "x", count: 70_000) + good,
        ]
        for text in bad {
            #expect(throws: NoteError.malformed, "\(text.prefix(40))") {
                _ = try SignedNote(bytes: [UInt8](text.utf8))
            }
        }
    }

    @Test func `a checkpoint has one form only`() {
        let root = String(decoding: Base64.encode(MerkleTree().root.bytes), as: UTF8.self)
        let bad = [
            "", "x\n0\n", "x\n00\n\(root)\n", "x\n-1\n\(root)\n", "x\n0\n\(root)\nmore\n",
            "x\n0\n\(root)", "\n0\n\(root)\n", "x\n18446744073709551616\n\(root)\n", "x\n0\nAAAA\n",
        ]
        for text in bad {
            #expect(throws: NoteError.badText, "\(text)") {
                _ = try Checkpoint(text: [UInt8](text.utf8))
            }
        }
    }

    @Test func `a leaf has the form of its type or is refused`() throws {
        let id = try #require(OrganisationID(ascii: ascii("nl-vi")))
        let submission = Leaf.submission(id, Tag.random(), Digest(of: [1])).bytes
        let dayEnd = Leaf.dayEnd(Day(number: 9)).bytes
        let serial = Leaf.directory(serial: 7, digest: Digest(of: [2])).bytes
        let bad: [([UInt8], LeafError)] = [
            ([], .cut), ([UInt8](submission.dropLast()), .cut),
            ([0] + submission.dropFirst(), .unknownType),
            ([9] + submission.dropFirst(), .unknownType),
            ([1] + dayEnd.dropFirst(), .badOrganisation),
            ([6] + submission.dropFirst(), .badOrganisation),
            ([UInt8](dayEnd.dropLast()) + [0], .badTag),
            ([UInt8](serial.prefix(32)) + [1] + serial.dropFirst(33), .badTag),
        ]
        for (bytes, error) in bad {
            #expect(throws: error) {
                var reader = ByteReader(bytes)
                _ = try Leaf(from: &reader)
            }
        }
    }

    @Test func `days and months are those of the calendar`() throws {
        let known: [(String, UInt32)] = [
            ("1970-01-01", 0), ("1999-12-31", 10_956), ("2000-02-29", 11_016),
            ("2026-11-23", 20_780), ("2100-03-01", 47_541),
        ]
        for (text, number) in known {
            #expect(Day(text: [UInt8](text.utf8)) == Day(number: number))
            #expect(String(decoding: Day(number: number).text, as: UTF8.self) == text)
        }
        for number in UInt32(0)..<60_000 {
            let day = Day(number: number)
            #expect(Day(text: day.text) == day)
        }
        let bad = [
            "", "2026-13-01", "2026-00-10", "2026-02-29", "2026-1-01", "2026-01-00", "26-01-01",
            "2026-01-32", "2026/01/01", "1969-12-31", "2026-01-011", "2026-01-1a",
        ]
        for text in bad { #expect(Day(text: [UInt8](text.utf8)) == nil, "\(text)") }
    }
}
