import SealedIntake

/// A submission on its way into the log.
struct ClosingSubmission: Comparable {
    /// Where its envelope is.
    enum Body {
        /// In the inbox under this id.
        case received(Int64)
        /// Made for this close.
        case made([UInt8])
    }

    let organisation: OrganisationID
    let tag: Tag
    let digest: Digest
    let body: Body

    /// The order of the log: org16, then tag.
    static func < (one: ClosingSubmission, other: ClosingSubmission) -> Bool {
        let organisations = (one.organisation.padded, other.organisation.padded)
        guard organisations.0 == organisations.1 else {
            return organisations.0.lexicographicallyPrecedes(organisations.1)
        }
        return one.tag < other.tag
    }

    static func == (one: ClosingSubmission, other: ClosingSubmission) -> Bool {
        one.organisation == other.organisation && one.tag == other.tag
    }
}
