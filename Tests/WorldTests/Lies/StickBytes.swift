import Testing

@testable import SealedIntake

/// The bytes of a stick, as somebody can change them who holds no key.
struct StickBytes {
    /// The two notes it begins with.
    var notes: [SignedNote]
    /// Everything behind them.
    var rest: [UInt8]

    init(_ bytes: [UInt8]) throws {
        var source = ArraySource(bytes)
        try #require(source.read(4) == ascii("SIB1"))
        notes = [try source.note(), try source.note()]
        rest = source.read(bytes.count)
    }

    var bytes: [UInt8] { bundleHead(checkpoint: notes[0], manifest: notes[1], rows: rest) }

    /// Adds signature lines to both notes, up to as many as a note may have.
    mutating func add(_ lines: [SignedNote.Signature]) {
        notes = notes.map { note in
            let room = SignedNote.mostSignatures - note.signatures.count
            return note.merging(
                SignedNote(text: note.text, signatures: [SignedNote.Signature](lines.prefix(room)))
            )
        }
    }
}

extension [UInt8] {
    /// The same with one bit flipped, in the first 4 KiB half of the time.
    func flipped(_ chance: inout Chance) -> [UInt8] {
        let end = chance.happens(onceIn: 2) ? Swift.min(count, 4096) : count
        var bytes = self
        bytes[Int.random(in: 0..<end, using: &chance)] ^=
            1 << UInt8.random(in: 0...7, using: &chance)
        return bytes
    }

    /// The same, shorter.
    func cut(_ chance: inout Chance) -> [UInt8] {
        [UInt8](prefix(.random(in: 0..<count, using: &chance)))
    }

    /// The same, longer.
    func lengthened(_ chance: inout Chance) -> [UInt8] {
        self + (0..<Int.random(in: 1...20, using: &chance)).map { _ in chance.byte }
    }
}

extension Chance {
    var byte: UInt8 { mutating get { UInt8.random(in: 0...255, using: &self) } }

    /// So many bytes.
    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in byte } }
}
