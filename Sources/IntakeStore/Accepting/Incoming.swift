import SealedIntake

/// A submission with the digest of its envelope, which is computed once, before it waits for the
/// database.
struct Incoming: Sendable {
    let submission: Submission
    let digest: Digest

    init(_ submission: Submission) {
        self.submission = submission
        digest = submission.envelope.digest
    }

    var organisation: OrganisationID { submission.organisation }
    var tag: Tag { submission.tag }
    var envelopeClass: EnvelopeClass { submission.envelope.envelopeClass }
    var byteCount: Int { submission.envelope.bytes.count }
}
