import SealedIntake

/// A reporter's agreement that a thread is transferred to one organisation.
///
/// Nothing but ``Consents`` makes one, and nothing is transferred without one.
struct Consent {
    /// To whom.
    let organisation: OrganisationID
    /// The row of the message that says so.
    let row: Int64

    fileprivate init(to organisation: OrganisationID, row: Int64) {
        self.organisation = organisation
        self.row = row
    }
}

/// To which organisations a reporter agreed that a thread is transferred.
///
/// Only what the reporter wrote to this organisation counts: a consent that another desk transferred,
/// or that lies in a released envelope, was given to that one.
struct Consents {
    /// The newest consent to each organisation, in the order of their ids.
    let all: [Consent]

    /// Reads the consents of a thread.
    init(
        of contents: ThreadContents,
        own: OrganisationID,
        in cells: VaultCells
    ) throws {
        var newest: [OrganisationID: Consent] = [:]
        for (row, record) in contents.messages
        where record.messageKind == .consent && record.source == .written {
            guard let keys = try cells.message(row: row, record).transferKeys,
                keys.organisation != own
            else { continue }
            newest[keys.organisation] = Consent(to: keys.organisation, row: row)
        }
        all = newest.values.sorted { $0.organisation < $1.organisation }
    }
}
