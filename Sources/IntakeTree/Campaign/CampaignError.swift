/// Why no campaign is made.
public enum CampaignError: Error, Equatable, Sendable {
    /// The address is not a plain one.
    case address
    /// A line of the campaign's texts that is not `key: text`; counted from 1.
    case badLine(Int)
    /// A name of the campaign's texts stands twice.
    case twice(String)
    /// A name a template asks for that nobody gives.
    case missing(String)
    /// A part of a template that is opened and not closed.
    case openPart(String)
    /// The drawing of the QR code is not one of qrencode's.
    case qr
    /// The texts are not those the tree names.
    case otherTexts
    /// The tree has no texts in the language.
    case language(String)

    /// What was found, then what must be: one clause.
    public var clause: String {
        switch self {
        case .address:
            "the address has more than a name, it must be https://NAME with nothing behind it"
        case .badLine(let line):
            "line \(line) of the campaign's texts is no \"key: text\", each line must be"
        case .twice(let key): "\"\(key)\" stands twice in the campaign's texts, it must once"
        case .missing(let key):
            "nothing gives \"\(key)\", a text or a contact that may be printed must"
        case .openPart(let name): "part \"\(name)\" of a template is open, it must be closed"
        case .qr: "the QR file is no drawing of qrencode, it must be made with --svg-path"
        case .otherTexts: "the texts are not those the tree names, the tree must be built again"
        case .language(let language):
            "the tree has no texts in \"\(language)\", the language must be one it names"
        }
    }
}
