import SealedIntake

/// Why a bundle is refused whole: nothing in it was opened, nothing in the vault changed.
public enum ContainerError: Refusal {
    /// What the core found in the file itself.
    case bundle(BundleError)
    /// No directory is trusted yet, so no signature can be checked.
    case noDirectory
    /// The bundle begins after the last leaf held, or ends before the first.
    case stickMissing(from: UInt64, to: UInt64, held: UInt64)
    /// A leaf differs from the one this desk took before; the proof was written to that file, or
    /// could not be.
    case otherHistory(at: UInt64, proof: String?)
    /// Another desk cosigned another log of that size than the one in the bundle.
    case witnessDiffers(size: UInt64, proof: String?)
    /// The log signed two checkpoints that cannot both be true: one in the bundle, and one held or
    /// in the bundle too.
    case twoRoots(size: UInt64, proof: String?)
    /// The file was changed while it was being taken.
    case changedWhileReading
    /// The number with `--accept-start` is not the number of this desk's first leaf.
    case otherStart(given: UInt64, found: UInt64)
    /// The checkpoint held is not signed by a log key of the directory trusted now.
    case checkpointNotTrusted

    /// Whether it is a contradiction already.
    var isProved: Bool {
        switch self {
        case .otherHistory, .witnessDiffers, .twoRoots: true
        default: false
        }
    }

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .bundle(let error): error.deskClause
        case .noDirectory: "no directory is trusted here yet, the first import must bring one"
        case .stickMissing(let from, let to, let held) where from > held:
            "the bundle begins at leaf \(from) and this desk holds \(held), "
                + "it must begin at \(held) or before (it ends at \(to))"
        case .stickMissing(_, let to, let held):
            "the bundle ends at leaf \(to), before the first of those held here (up to \(held)), "
                + "it must reach them"
        case .otherHistory(let index, _):
            "leaf \(index) of the log differs from what this desk took before, "
                + "it must never change"
        case .witnessDiffers(let size, _):
            "another desk confirmed other leaves up to \(size) than those on this stick, "
                + "all must see the same log"
        case .twoRoots(let size, _):
            "the server signed two different logs of \(size) leaves, all must see the same log"
        case .changedWhileReading:
            "the file changed while it was read, it must stay as it was verified"
        case .otherStart(let given, let found):
            "the log of this desk begins at leaf \(found), not at \(given)"
        case .checkpointNotTrusted:
            "the checkpoint is not signed by a log key of the directory trusted here"
        }
    }

    /// What the person at the desk can do about it.
    public var hint: String? {
        switch self {
        case .bundle(let error): error.deskHint
        case .noDirectory: "give the signed directory with --directory NOTE"
        case .stickMissing(let from, _, let held) where from > held:
            "a stick is missing in between; ask the operator for: intake-server export --from \(held)"
        case .stickMissing(_, _, let held):
            "this is an old stick; ask the operator for: intake-server export --from \(held)"
        case .otherHistory(_, let proof), .witnessDiffers(_, let proof), .twoRoots(_, let proof):
            "keep this stick, take no other, and call the people of the directory roots; "
                + (proof.map { "the proof for them is in \"\($0)\"" }
                    ?? "the proof could not be written beside the vault: make room, import this "
                    + "stick once more")
        case .changedWhileReading: "copy the file from the stick again, then import it"
        case .otherStart(_, let found): "to accept this start: --accept-start \(found)"
        case .checkpointNotTrusted: "import the newest bundle with --directory NOTE"
        }
    }
}

extension BundleError {
    /// The clause with what a person needs to know that the core cannot say.
    var deskClause: String {
        switch self {
        case .otherOrganisation: "\(clause), it must be the one for this desk"
        case .cut: "\(clause), it must be whole"
        case .note(.notSigned):
            "the bundle is not signed by a log key this desk trusts, it must be signed by "
                + "one in the directory"
        case .note(.badSignature):
            "a signature on the bundle does not hold, it must be as the server signed it"
        case .note(.otherOrigin): "the bundle is of another deployment, it must be this desk's"
        default: "\(clause)"
        }
    }

    /// What the person at the desk can do about it.
    var deskHint: String? {
        switch self {
        case .wrongMagic: "choose the file that intake-server export wrote"
        case .otherOrganisation: "look at the label of the stick; this file is for somebody else"
        case .note(.notSigned), .note(.otherOrigin):
            "is it the right file? when the server got a new log key, give --directory NOTE"
        case .cut, .tooLong, .note, .noteTooLong, .rowsDigest, .wrongObject:
            "the file is damaged or was changed on the way; copy it again, and if that does not "
                + "help ask the operator for a new export and keep this stick"
        case .badManifest, .badRow, .leaf, .wrongRoot, .badAcknowledgement:
            "the server signed something it must never sign; keep this stick and tell the "
                + "people of the directory roots"
        }
    }
}
