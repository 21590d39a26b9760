import SealedIntake

/// A submission on its way into the store: what of it goes on, and what is computed of it once.
///
/// Of a cover nothing goes on but its size: its tag is drawn here and its envelope is zeros, so
/// that every step after this one is the same and nothing of it is read or written. The same is
/// done with what comes again, which is stored already.
public struct Incoming: Sendable {
    let organisation: OrganisationID
    let envelopeClass: EnvelopeClass
    let stamp: Stamp
    let tag: Tag
    let digest: Digest
    let body: [UInt8]
    /// Whether it is taken and forgotten.
    let isCover: Bool

    private let promisedLeaf: [UInt8]

    /// Takes what came and computes its digest.
    public init(_ submission: Submission) {
        let envelope = submission.envelope
        let digest = Digest(native: envelope.bytes)
        organisation = submission.organisation
        envelopeClass = envelope.envelopeClass
        stamp = submission.stamp
        promisedLeaf = submission.promisedLeaf(digest)
        isCover = submission.isCover
        guard isCover else {
            (tag, self.digest, body) = (submission.tag, digest, envelope.bytes)
            return
        }
        (tag, self.digest, body) = Self.nothing(of: digest, envelope.bytes.count)
    }

    private init(asCover incoming: Incoming) {
        organisation = incoming.organisation
        envelopeClass = incoming.envelopeClass
        stamp = incoming.stamp
        promisedLeaf = incoming.promisedLeaf
        isCover = true
        (tag, digest, body) = Self.nothing(of: incoming.digest, incoming.byteCount)
    }

    /// The same, to be taken and forgotten.
    var asCover: Incoming { Incoming(asCover: self) }

    /// What is promised for it once it is on the disk.
    public func promise(origin: [UInt8], day: Day) -> SubmissionPromise {
        SubmissionPromise(origin: origin, day: day, leaf: promisedLeaf)
    }

    var byteCount: Int { body.count }

    /// What spends a ticket: the same envelope under another tag is another submission.
    var identity: Digest { Digest(of: organisation.padded + tag.bytes + digest.bytes) }

    /// What a cover goes on as.
    private static func nothing(of digest: Digest, _ count: Int) -> (Tag, Digest, [UInt8]) {
        (.random(), Digest(of: digest.bytes), [UInt8](repeating: 0, count: count))
    }
}
