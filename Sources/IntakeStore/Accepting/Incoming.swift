import SealedIntake

/// A submission on its way into the store, with what is computed of it once.
///
/// Of a cover nothing goes on but its size: its tag is drawn here and its envelope is zeros, so
/// that every step after this one is the same and nothing of it is read or written. The same is
/// done with what comes again, which is stored already.
struct Incoming: Sendable {
    let submission: Submission
    let tag: Tag
    let digest: Digest
    let body: [UInt8]
    /// Whether it is taken and forgotten.
    let isCover: Bool

    init(_ submission: Submission, asCover: Bool = false) {
        self.submission = submission
        isCover = asCover || submission.isCover
        let digest = submission.envelope.digest
        guard isCover else {
            (tag, self.digest, body) = (submission.tag, digest, submission.envelope.bytes)
            return
        }
        tag = .random()
        self.digest = Digest(of: digest.bytes)
        body = [UInt8](repeating: 0, count: submission.envelope.bytes.count)
    }

    var organisation: OrganisationID { submission.organisation }
    var envelopeClass: EnvelopeClass { submission.envelope.envelopeClass }
    var byteCount: Int { body.count }

    /// What spends a ticket: the same envelope under another tag is another submission.
    var identity: Digest { Digest(of: organisation.padded + tag.bytes + digest.bytes) }
}
