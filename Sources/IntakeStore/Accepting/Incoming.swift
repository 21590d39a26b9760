import SealedIntake

/// A submission on its way into the store, with what is computed of it once.
///
/// Of a cover nothing goes on but its size: its tag is drawn here and its envelope is zeros, so
/// that every step after this one is the same and nothing of it is read or written. The same is
/// done with what comes again, which is stored already.
public struct Incoming: Sendable {
    /// What came.
    public let submission: Submission

    let tag: Tag
    let digest: Digest
    let body: [UInt8]
    /// Whether it is taken and forgotten.
    let isCover: Bool

    /// The SHA-256 of the envelope that came, a cover's too.
    private let posted: Digest

    /// Takes what came and computes its digest.
    public init(_ submission: Submission) {
        self.init(
            submission,
            posted: Digest(native: submission.envelope.bytes),
            isCover: submission.isCover
        )
    }

    private init(_ submission: Submission, posted: Digest, isCover: Bool) {
        self.submission = submission
        self.posted = posted
        self.isCover = isCover
        guard isCover else {
            (tag, digest, body) = (submission.tag, posted, submission.envelope.bytes)
            return
        }
        tag = .random()
        digest = Digest(of: posted.bytes)
        body = [UInt8](repeating: 0, count: submission.envelope.bytes.count)
    }

    /// The same, to be taken and forgotten.
    var asCover: Incoming { Incoming(submission, posted: posted, isCover: true) }

    /// What is promised for it once it is on the disk.
    public func promise(origin: [UInt8], day: Day) -> SubmissionPromise {
        SubmissionPromise(origin: origin, day: day, for: submission, digest: posted)
    }

    var organisation: OrganisationID { submission.organisation }
    var envelopeClass: EnvelopeClass { submission.envelope.envelopeClass }
    var byteCount: Int { body.count }

    /// What spends a ticket: the same envelope under another tag is another submission.
    var identity: Digest { Digest(of: organisation.padded + tag.bytes + digest.bytes) }
}
