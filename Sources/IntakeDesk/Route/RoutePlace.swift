import IntakeConsole
import SealedIntake

/// A place that can help the reporter.
public struct RoutePlace: Equatable, Sendable {
    /// One way in.
    public struct Contact: Equatable, Sendable {
        /// The number, address or site.
        public let value: String
        /// When it is open, where the tree says.
        public let hours: String?
        /// The day a person tried it; nil where it was only read somewhere.
        public let checked: Day?
    }

    /// In which block it stands: first help, who fits best, or who may help as well.
    public let block: TreeEntry.Block
    /// Its id in the tree.
    public let id: String
    /// What it is called, ``Printable``.
    public let name: String
    /// How it is reached.
    public let channel: TreeOrganisation.Channel
    /// Whether one may stay unknown there.
    public let anonymity: TreeOrganisation.Anonymity
    /// Its ways in that were tried or read.
    public let contacts: [Contact]
    /// Where what is said of it comes from, in short; why it is shown, its outcome says.
    public let sources: [String]

    init?(_ entry: TreeEntry, in tree: WordedTree) {
        guard let index = entry.organisation else { return nil }
        let organisation = tree.tree.organisations[index]
        block = entry.block
        id = String(utf8: organisation.id)
        name = tree.words(ascii("organisation"), organisation.id, ascii("name")) ?? id
        channel = organisation.channel
        anonymity = organisation.anonymity
        contacts = organisation.contacts.compactMap { Contact($0, in: tree) }
        sources = organisation.sources.map { Printable.line($0) }
    }
}

extension RoutePlace.Contact {
    fileprivate init?(_ contact: TreeContact, in tree: WordedTree) {
        switch contact.evidence {
        case .checked(let day): checked = day
        case .read: checked = nil
        case .none: return nil
        }
        value = Printable.line(contact.value)
        hours = contact.hours.flatMap { tree.words(ascii("hours"), $0) }
    }
}
