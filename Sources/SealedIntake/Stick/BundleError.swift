/// Why a bundle is refused whole: the faults of its container.
/// - SeeAlso: `docs/spec/protocol.md`, section 11.
public enum BundleError: Refusal {
    /// It does not begin with `SIB1`.
    case wrongMagic
    /// It ends too early.
    case cut
    /// Something stands behind its last object.
    case tooLong
    /// A note of more than 64 KiB.
    case noteTooLong
    /// A note is refused.
    case note(NoteError)
    /// The manifest is not in its form, or of the other direction.
    case badManifest
    /// It is for another organisation, or by another.
    case otherOrganisation
    /// The rows are not those of the manifest.
    case rowsDigest
    /// A row is not in its form, or out of order.
    case badRow
    /// A leaf is none.
    case leaf(LeafError)
    /// The leaves do not give the root of the checkpoint.
    case wrongRoot
    /// An object is not the one its row names.
    case wrongObject
    /// The acknowledgement is not that of the cosigned checkpoint.
    case badAcknowledgement

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .wrongMagic: "no bundle, it must begin with SIB1"
        case .cut: "the bundle is cut"
        case .tooLong: "something stands behind the end of the bundle"
        case .noteTooLong: "a note of the bundle is longer than 64 KiB"
        case .note(let error): error.clause
        case .badManifest: "the manifest of the bundle is not in its form"
        case .otherOrganisation: "the bundle is of another organisation"
        case .rowsDigest: "the rows are not those that were signed"
        case .badRow: "a row of the bundle is not in its form or place"
        case .leaf(let error): error.clause
        case .wrongRoot: "the leaves do not give the root that was signed"
        case .wrongObject: "an object is not the one that was signed"
        case .badAcknowledgement: "the acknowledgement is not that of the cosigned checkpoint"
        }
    }
}
