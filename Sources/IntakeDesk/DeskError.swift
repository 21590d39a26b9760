import IntakeFiles
import SealedIntake

/// Why the desk refuses; each refusal leaves the vault as it was.
public enum DeskError: Error, Equatable, Sendable {
    /// The vault itself.
    case vault(VaultFault)
    /// A bundle, refused whole.
    case container(ContainerFault)
    /// A directory or roots file.
    case directory(DirectoryFault)
    /// A reply that cannot be written.
    case reply(ReplyRefusal)
    /// A thread that cannot be handed on.
    case transfer(TransferRefusal)
    /// A reply that cannot be taken back.
    case withdrawal(WithdrawalRefusal)
    /// A loss that is not accepted.
    case loss(LossRefusal)
    /// A file outside the vault.
    case file(FileFault)
    /// A route that cannot be said.
    case route(RouteRefusal)
    /// Something asked for that is not there.
    case request(RequestFault)
    /// No passphrase.
    case passphrase(PassphraseFault)
    /// A root key file.
    case rootKey(RootKeyFault)
    /// Public files that cannot be true.
    case audit(AuditFault)
    /// A file that proves no contradiction.
    case proof(ContradictionError)

    /// What was found, then what must be: one clause.
    public var clause: String {
        switch self {
        case .vault(let fault): fault.clause
        case .container(let fault): fault.clause
        case .directory(let fault): fault.clause
        case .reply(let fault): fault.clause
        case .transfer(let fault): fault.clause
        case .withdrawal(let fault): fault.clause
        case .loss(let fault): fault.clause
        case .file(let fault): fault.clause
        case .route(let fault): fault.clause
        case .request(let fault): fault.clause
        case .passphrase(let fault): fault.clause
        case .rootKey(let fault): fault.clause
        case .audit(let fault): fault.clause
        case .proof(let error): "\(error.clause)"
        }
    }

    /// What the person at the desk can do about it.
    public var hint: String? {
        switch self {
        case .vault(let fault): fault.hint
        case .container(let fault): fault.hint
        case .directory(let fault): fault.hint
        case .transfer(let fault): fault.hint
        case .loss(let fault): fault.hint
        case .rootKey(let fault): fault.hint
        case .reply, .withdrawal, .file, .proof: nil
        case .passphrase(let fault): fault.hint
        case .route(let fault): fault.hint
        case .request(let fault): fault.hint
        case .audit(let fault): fault.hint
        }
    }
}
