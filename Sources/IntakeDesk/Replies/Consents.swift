import SealedIntake

/// To which organisations a reporter agreed that a thread is handed on.
///
/// Only what the reporter wrote to this organisation counts: a consent that another desk handed on,
/// or that lies in a released envelope, was given to that one.
struct Consents {
    /// The row of the newest consent to each.
    private var newest: [OrganisationID: Int64] = [:]

    /// Reads the consents of a thread.
    init(
        of contents: ThreadContents,
        own: OrganisationID,
        in cells: VaultCells
    ) throws(DeskError) {
        for (row, record) in contents.messages
        where record.messageKind == .consent && record.source == .written {
            guard let keys = try cells.message(row: row, record).transferKeys,
                keys.organisation != own
            else { continue }
            newest[keys.organisation] = row
        }
    }

    /// To whom, in the order of their ids.
    var organisations: [OrganisationID] { newest.keys.sorted() }

    /// The row of the newest consent to an organisation.
    func row(for organisation: OrganisationID) -> Int64? { newest[organisation] }
}
