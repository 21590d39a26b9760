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
            let file = try LogRun(monthFile: bytes)
            #expect(file.monthFile == bytes)
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

    /// Whoever carries a note can add lines to it, without any key.
    @Test func `lines that a courier added are not kept, so that nothing grows unreadable`() throws
    {
        let log = NoteSigner(name: ascii("sealed.example"), pair: .random())
        let desk = NoteSigner(name: ascii("nl-vi.sealed.example"), pair: .random())
        let logKey = log.verifierKey
        let checkpoint = Checkpoint(origin: log.name, size: 0, root: MerkleTree().root)
        let honest = log.note(checkpoint.text)
        let junk = [UInt8](repeating: 0x78, count: 40_000)
        let lines =
            honest.signatures + honest.signatures
            + (0..<70).map {
                SignedNote.Signature(name: [0x78, 0x30 + UInt8($0)], blob: [1, 2, 3, 4, 5])
            }
            + [SignedNote.Signature(name: desk.name, blob: junk)]
        let stuffed = try SignedNote(
            bytes: SignedNote(text: honest.text, signatures: lines).bytes
        )
        let verified = try VerifiedCheckpoint(note: stuffed, origin: log.name, logKeys: [logKey])
        let kept = verified.keeping([logKey])
        #expect(kept.note == honest)
        let cosigned = desk.cosigning(kept.note, day: Day(number: 20_780))
        #expect(try SignedNote(bytes: cosigned.bytes) == cosigned)
    }

    @Test func `the latest of several cosignatures counts`() throws {
        let log = NoteSigner(name: ascii("sealed.example"), pair: .random())
        let desk = NoteSigner(name: ascii("nl-vi.sealed.example"), pair: .random())
        let (logKey, deskKey) = (log.verifierKey, desk.verifierKey)
        let checkpoint = Checkpoint(origin: log.name, size: 0, root: MerkleTree().root)
        let early = desk.cosigning(log.note(checkpoint.text), day: Day(number: 20_000))
        let both = desk.cosigning(early, day: Day(number: 20_009))
        let verified = try VerifiedCheckpoint(note: both, origin: log.name, logKeys: [logKey])
        #expect(try verified.cosigned(by: [deskKey]) == Day(number: 20_009))
        let kept = verified.keeping([logKey, deskKey.cosigner])
        #expect(kept.note.signatures.count == 2)
        #expect(try kept.cosigned(by: [deskKey]) == Day(number: 20_009))
    }

    @Test func `no day from outside lies beyond what can be written`() throws {
        #expect(String(decoding: Day.last.text, as: UTF8.self) == "9999-12-31")
        #expect(Day(unixSeconds: .max) == Day.last)
        #expect(Day(number: .max).adding(.max).month.text == Day.last.month.text)
        #expect(Day.last.month.length == 31)
        #expect(Day(exactly: Day.last.number) == Day.last)
        #expect(Day(exactly: Day.last.number + 1) == nil)
        let tail = [UInt8](repeating: 0, count: 12) + Digest(of: []).bytes
        let organisation = [UInt8](repeating: 0, count: 16)
        #expect(throws: LeafError.badTag) {
            var reader = ByteReader([6] + organisation + [0xFF, 0xFF, 0xFF, 0xFF] + tail)
            _ = try Leaf(from: &reader)
        }
    }

    @Test func `a month file's roots fit its index, and no index overflows`() throws {
        let leaf = Leaf.dayEnd(Day(number: 1)).bytes
        let root = [UInt8](repeating: 7, count: 32)
        let full = [UInt8](repeating: 0xFF, count: 8) + [64]
        let table: [[UInt8]] = [
            [0, 0, 0, 0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 0, 0, 0, 0, 1] + root,
            [0, 0, 0, 0, 0, 0, 0, 3, 1] + root,
            full + [UInt8](repeatElement(root, count: 64).joined()) + leaf,
        ]
        for bytes in table {
            #expect(throws: MonthFileError.badHeader) {
                _ = try LogRun(monthFile: ascii("SIL1") + bytes)
            }
        }
        #expect(throws: MonthFileError.wrongMagic) { _ = try LogRun(monthFile: ascii("SIL2")) }
        #expect(throws: MonthFileError.leaf(.cut)) {
            let head = ascii("SIL1") + [0, 0, 0, 0, 0, 0, 0, 0, 0]
            _ = try LogRun(monthFile: head + leaf.dropLast())
        }
    }

    @Test func `a checkpoint of another log and a vkey with a wrong hash are refused`() throws {
        let log = NoteSigner(name: ascii("sealed.example"), pair: .random())
        let logKey = log.verifierKey
        let checkpoint = Checkpoint(origin: ascii("other"), size: 0, root: MerkleTree().root)
        let note = log.note(checkpoint.text)
        #expect(throws: NoteError.otherOrigin) {
            _ = try VerifiedCheckpoint(note: note, origin: log.name, logKeys: [logKey])
        }
        var text = logKey.text
        let place = try #require(text.firstIndex(of: 0x2B)) + 1
        text[place] = text[place] == 0x30 ? 0x31 : 0x30
        #expect(throws: NoteError.badKey) { _ = try VerifierKey(text: text) }
        let first = try CheckpointList(
            bytes: CheckpointList(newest: note, cosigned: [nil, note]).bytes
        )
        #expect(first.cosigned == [nil, note])
        #expect(throws: NoteError.malformed) { _ = try CheckpointList(bytes: [0, 0, 0, 0]) }
        #expect(throws: NoteError.malformed) { _ = try CheckpointList(bytes: []) }
    }

    @Test func `a note of more than a hundred signatures is refused`() throws {
        func note(_ count: Int) -> [UInt8] {
            let line = SignedNote.Signature(name: ascii("x"), blob: [1, 2, 3, 4, 5])
            let lines = [SignedNote.Signature](repeating: line, count: count)
            return SignedNote(text: ascii("a\n"), signatures: lines).bytes
        }
        _ = try SignedNote(bytes: note(100))
        #expect(throws: NoteError.malformed) { _ = try SignedNote(bytes: note(101)) }
    }

    @Test func `text that is no note is refused`() throws {
        let good = "a\n\n— b AAAAAAA=\n"
        _ = try SignedNote(bytes: [UInt8](good.utf8))
        let bad = [
            "", "\n", "a", "a\n", "a\n\n", "a\n— b AAAAAAA=\n", "a\n\n— b AAAAAAA=",
            "a\n\n— b AAAA\n", "a\n\n— b c AAAAAAA=\n", "a\n\n- b AAAAAAA=\n",
            "a\n\n— b  AAAAAAA=\n",
            "a\n\n— b+c AAAAAAA=\n", "a\n\n— b\u{2003}c AAAAAAA=\n", "a\r\n\n— b AAAAAAA=\n",
            "a\u{0}\n\n— b AAAAAAA=\n",
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
            ([UInt8](dayEnd.prefix(32)) + [1] + dayEnd.dropFirst(33), .badTag),
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
        // A server chooses the hour, and one looks back from it: nothing lies before 1970.
        let early = Day(unixHour: 0).month.previous
        #expect(early.first == Day(number: 0) && early.previous.first == Day(number: 0))
        #expect(early.next.first == Day(number: 0) && early.next.next.first == Day(number: 31))
    }
}
