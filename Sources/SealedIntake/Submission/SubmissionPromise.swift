/// What the server signs for a submission it holds durably: the leaf and the day that will
/// carry it.
/// - SeeAlso: `docs/spec/protocol.md`, section 7.
public struct SubmissionPromise: Hashable, Sendable {
    /// The log's name.
    public let origin: [UInt8]
    /// The day whose close carries the leaf.
    public let day: Day
    /// The 65 bytes of the leaf; zeros for a cover.
    public let leaf: [UInt8]

    /// Takes the parts.
    public init(origin: [UInt8], day: Day, leaf: [UInt8]) {
        precondition(leaf.count == Leaf.count)
        self.origin = origin
        self.day = day
        self.leaf = leaf
    }

    /// What is promised for a submission.
    public init(origin: [UInt8], day: Day, for submission: Submission) {
        let leaf = submission.promisedLeaf(submission.envelope.digest)
        self.init(origin: origin, day: day, leaf: leaf)
    }

    /// Verifies a note under the promise keys of a deployment; a log key promises nothing.
    /// - Throws: ``NoteError``.
    public init(
        note: SignedNote,
        origin: [UInt8],
        promiseKeys: [VerifierKey]
    ) throws(NoteError) {
        guard !(try note.signers(among: promiseKeys)).isEmpty else { throw .notSigned }
        var reader = ByteReader(note.text)
        guard let head = try? reader.line(), head == label("promise"),
            let name = try? reader.line(),
            let dayLine = try? reader.line(), let day = Day(text: dayLine),
            let leafLine = try? reader.line(), let leaf = Base64.decode(leafLine),
            leaf.count == Leaf.count, reader.isAtEnd
        else { throw .badText }
        guard name == origin else { throw .otherOrigin }
        self.init(origin: origin, day: day, leaf: leaf)
    }

    /// The text of the note.
    public var text: [UInt8] {
        [label("promise"), origin, day.text, Base64.encode(leaf)]
            .reduce(into: []) { $0 += $1 + [0x0A] }
    }
}
