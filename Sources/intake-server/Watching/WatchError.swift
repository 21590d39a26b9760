import SealedIntake

/// How a served site differs from what was signed, or why it cannot be told.
enum WatchError: Refusal {
    /// Not the address of a site.
    case badAddress(String)
    /// There is no curl on this machine.
    case noCurl
    /// Nothing came, for curl's reason.
    case cannotFetch(String, String)
    /// Another status than 200.
    case otherStatus(String, String)
    /// What came is not the head of an answer.
    case otherHead(String)
    /// Something came before the answer, to which a browser may listen.
    case hint(String, String)
    /// A field that no answer has.
    case unknownField(String, String)
    /// A field that is there more than once.
    case fieldTwice(String, String)
    /// A field with another value.
    case otherField(String, String)
    /// A field is missing.
    case noField(String, String)
    /// A page without a policy in the document.
    case noPolicy(language: String)
    /// The directory is refused.
    case directory(DirectoryError)
    /// The directory is of another deployment than the address.
    case otherDeployment(found: String, host: String)
    /// A document is not the one that was signed.
    case otherDigest(String)
    /// The page at `/` is none of the languages.
    case otherHome
    /// The page does not name all that it fetches and runs.
    case noPin(language: String)
    /// A file is not the one that the page of a language pins.
    case otherFile(String, language: String)
    /// The list of checkpoints is not in its form, or not signed.
    case checkpoint(NoteError)
    /// The list has another number of places than the directory has organisations.
    case otherCount
    /// A cosignature that does not hold, or is none of its organisation.
    case cosignature(OrganisationID)
    /// A month is not in its form.
    case month(Month, MonthFileError)
    /// Last month and this one do not join, or do not give the signed root.
    case otherRoot
    /// The log has a newer directory than the one served, or another of its serial.
    case olderThanLogged(served: UInt64, logged: UInt64)
    /// The log closed a day that is not past by this machine's clock.
    case logAhead(log: Day, clock: Day)
    /// The log changed each time it was looked at.
    case restless

    /// What was found, then what must be.
    var clause: String {
        switch self {
        case .badAddress(let text):
            "\"\(text)\" is no address of a site, it must be https://HOST without a path"
        case .noCurl: "there is no curl on this machine, it must be installed"
        case .cannotFetch(let path, let reason): "\(path) cannot be fetched: \(reason)"
        case .otherStatus(let path, let status): "\(path) answers \(status), it must be 200"
        case .otherHead(let path): "\(path) is not answered by HTTP, it must be"
        case .hint(let path, let status):
            "\(path) answers \(status) before its answer, it must answer at once"
        case .unknownField(let path, let name):
            "\(path) answers with the field \(name), it must not"
        case .fieldTwice(let path, let name):
            "\(path) answers with the field \(name) more than once, it must be once"
        case .otherField(let path, let name):
            "\(path) answers with another \(name) than the specification has"
        case .noField(let path, let name):
            "\(path) answers without the field \(name), it must have it"
        case .noPolicy(let language): "/\(language) has no policy in it, it must begin with one"
        case .directory(let error): "/v1/directory: \(error.clause)"
        case .otherDeployment(let found, let host):
            "/v1/directory is of \"\(found)\", it must be of \"\(host)\""
        case .otherDigest(let path): "\(path) is another than the roots signed"
        case .otherHome: "/ is another page than the roots signed"
        case .noPin(let language): "/\(language) does not name all that it fetches and runs"
        case .otherFile(let path, let language):
            "\(path) is another than the page /\(language) pins"
        case .checkpoint(let error): "/v1/log/checkpoint: \(error.clause)"
        case .otherCount:
            "/v1/log/checkpoint has another number of places than the directory organisations"
        case .cosignature(let id): "/v1/log/checkpoint: a cosignature is not that of \(id)"
        case .month(let month, let error):
            "/v1/log/\(month.description): \(error.clause)"
        case .otherRoot: "the months of the log do not give the root that was signed"
        case .olderThanLogged(let served, let logged):
            "directory \(served) is served, the log has directory \(logged)"
        case .logAhead(let log, let clock):
            "the log closed \(log.description) and this machine's clock says "
                + "\(clock.description): one of both is ahead"
        case .restless: "the log changed while it was looked at, three times"
        }
    }
}
