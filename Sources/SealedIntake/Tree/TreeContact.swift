/// One way in to an organisation.
public struct TreeContact: Hashable, Sendable {
    /// What ``value`` is.
    public let kind: Kind
    /// The number as people write it, the address, or the site without scheme; printable ASCII.
    public let value: [UInt8]
    /// How far it was checked.
    public let evidence: Evidence
    /// The id of the text that says when, where there is one.
    public let hours: [UInt8]?

    /// What a contact is.
    public enum Kind: Hashable, Sendable {
        /// A telephone number.
        case tel
        /// A site, without scheme.
        case web
        /// An e-mail address.
        case mail
    }

    /// How far a contact was checked.
    public enum Evidence: Hashable, Sendable {
        /// A person tried it on that day.
        case checked(Day)
        /// Read in a source that is named, not tried.
        case read
        /// Neither: it is not shown.
        case none
    }
}
