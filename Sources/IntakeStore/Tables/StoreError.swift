import GRDB
import IntakeConsole
import SealedIntake

/// Why the store did not do what it was asked.
public enum StoreError: SeveralRefusals {
    /// No store lies where one was looked for.
    case missing(String)
    /// A store lies where a new one was to be made.
    case exists(String)
    /// SQLite refused.
    case database(String)
    /// It refused at the very end of a transaction, of which all may have been kept, or nothing.
    case unconfirmed(String)
    /// More submissions wait than memory is set aside for.
    case overloaded
    /// The log key is not the one the store was made with.
    case otherLogKey
    /// The promise key is not in its form, or not of this deployment.
    case otherPromiseKey
    /// The directory in force does not list the promise key.
    case promiseKeyNotListed
    /// A new log key is not in the directory yet.
    case logKeyNotListed
    /// The high-water mark is gone.
    case noHighWaterMark
    /// The high-water mark is no checkpoint of this log.
    case otherHighWaterMark
    /// A newer program brought the store to a step that this one does not know.
    case newer(step: String)
    /// Something lies where a store is to be brought back.
    case inTheWay(String)
    /// The store has less than was signed before.
    case behindHighWaterMark(has: UInt64, signed: UInt64)
    /// The store has less than a desk knows.
    case behindDesk(String, has: UInt64, knows: UInt64)
    /// A close would fill the disk.
    case noRoomToClose(free: UInt64, needed: UInt64)
    /// Another process closes a day.
    case closing
    /// A day that is not past yet was to be closed for good.
    case notPast(Day)
    /// The clock is before the newest closed day.
    case clockBehind(Day)
    /// The clock of the machine cannot be gone by.
    case clock(ClockError)
    /// No directory is installed.
    case noDirectory
    /// A directory was refused.
    case directory(DirectoryError)
    /// A directory does not name the key of this log.
    case logKeyNotNamed
    /// A directory does not name the promise key of this server.
    case promiseKeyNotNamed
    /// A directory's serial is beyond what a store keeps.
    case serialTooLarge
    /// The directory does not name the organisation.
    case unknownOrganisation(String)
    /// An index beyond the log.
    case beyondLog(asked: UInt64, size: UInt64)
    /// An index among the leaves that were erased.
    case erased(asked: UInt64, first: UInt64)
    /// One close alone has more bytes for a desk than the file may have.
    case closeTooLarge(UInt64)
    /// A bundle was refused whole.
    case bundle(BundleError)
    /// A bundle was refused whole: it cosigns a checkpoint of another log.
    case bundleOfOtherLog
    /// The leaves of a desk, or those that are public, were refused whole.
    case leaves(RefusedLeaves)
    /// A leaf that the rules of the log do not allow.
    case rule(LogRuleError)
    /// The store does not hold what it must.
    case damaged(StoreDamage)
    /// Several objects are not what they must be.
    case damages([StoreDamage])
    /// A close came while a shard of the drop was read.
    case dropChanged

    /// What the operator can do about it.
    public var hint: String? {
        switch self {
        case .directory(let error): error.hint
        case .clock(let error): error.hint
        case .unconfirmed:
            "it may have been kept: look with check or status before you do it again"
        default: nil
        }
    }

    /// One for each object that is wrong.
    public var clauses: [String] {
        if case .damages(let all) = self { all.map(\.clause) } else { [clause] }
    }

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .missing(let path): "no store at \"\(path)\", it must be made with init"
        case .exists(let path): "a store lies at \"\(path)\", the folder must be empty"
        case .database(let message): "the database refused: \(message)"
        case .unconfirmed(let message):
            "the disk did not confirm what was written to the store: \(message)"
        case .overloaded: "too many submissions wait, try again in a minute"
        case .otherLogKey: "log.key is not the key of this store"
        case .otherPromiseKey: "promise.key is not a promise key of this deployment"
        case .promiseKeyNotListed:
            "the directory does not list the promise key, it must before promises are signed with it"
        case .logKeyNotListed:
            "the directory does not list the new log key, it must before anything is signed with it"
        case .noHighWaterMark:
            "no high-water mark beside log.key, the newest one must lie there"
        case .otherHighWaterMark:
            "high-water is no checkpoint that log.key signed, the newest one of this log must "
                + "lie there"
        case .newer(let step):
            "a newer intake-server brought the store to \"\(step)\", this one is "
                + "\(Release.version) with schema \(Schema.version): the newer one must be used"
        case .inTheWay(let path):
            "\"\(path)\" is there already, it must be moved away first"
        case .behindHighWaterMark(let has, let signed):
            "the store has \(has) leaves of \(signed) signed before, it must be recovered first"
        case .behindDesk(let name, let has, let knows):
            "the store has \(has) leaves of \(knows) that the desk of \(name) knows, "
                + "it must be recovered first"
        case .noRoomToClose(let free, let needed):
            "a close needs \(needed >> 20) MiB on the disk and \(free >> 20) are free: make room"
        case .closing: "a close is under way, this must wait until it is done"
        case .notPast(let day): "\(day.description) is not past, it must be yesterday or earlier"
        case .clockBehind(let day):
            "the clock is before \(day.description), which is closed already"
        case .clock(let error): error.clause
        case .noDirectory: "no directory is installed, it must be before this"
        case .directory(let error): error.clause
        case .logKeyNotNamed: "the directory does not name the key of this log, it must"
        case .promiseKeyNotNamed:
            "the directory does not name the promise key of this server, it must"
        case .serialTooLarge: "the serial of the directory is too large"
        case .unknownOrganisation(let name): "\"\(name)\" is no organisation of the directory"
        case .beyondLog(let asked, let size):
            "leaf \(asked) is beyond the log, it must be at most \(size)"
        case .erased(let asked, let first):
            "the leaves before \(first) are erased, it must begin there and not at \(asked)"
        case .closeTooLarge(let bytes):
            "the next close alone needs \(bytes) bytes, the file must be allowed as many: --most"
        case .bundle(let error): "the bundle is refused: \(error.clause)"
        case .bundleOfOtherLog:
            "the bundle is refused: the cosigned checkpoint is not one of this log"
        case .leaves(let refused): "the leaves are refused: \(refused.clause)"
        case .rule(let error): error.clause
        case .damaged(let damage): damage.clause
        case .damages(let all): all.map(\.clause).joined(separator: "; ")
        case .dropChanged: "the drop changed while it was read, it must be read anew"
        }
    }
}

/// Runs work on the database and says what SQLite refused in the store's words; every refusal of
/// ours stays as it is.
///
/// SQLite's messages name tables, never what is in them.
func storing<Result>(_ work: () throws -> Result) throws -> Result {
    do {
        return try work()
    } catch let error as DatabaseError {
        let message = error.message ?? "code \(error.resultCode.rawValue)"
        let isUnconfirmed = error.extendedResultCode == .SQLITE_IOERR_FSYNC
        throw isUnconfirmed ? StoreError.unconfirmed(message) : .database(message)
    } catch let refusal as any Refusal {
        throw refusal
    } catch {
        throw StoreError.database("the connection is closed")
    }
}
