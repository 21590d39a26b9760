import IntakeConsole
import SealedIntake

/// Why a vault cannot be used.
public enum VaultError: Refusal {
    /// There is no file of that name.
    case missing(path: String)
    /// A file of that name is there, and a new vault overwrites nothing.
    case exists(path: String)
    /// The file is no vault, or one of another version.
    case notAVault(path: String)
    /// A newer program made the vault, or brought it further than this one knows.
    case newer(path: String, schema: Int64)
    /// A copy of the vault is not as the vault.
    case otherCopy
    /// The passphrase opens nothing here.
    case wrongPassphrase
    /// Another command has the vault.
    case inUse
    /// A cell does not open where it stands.
    case damagedCell(table: String, row: Int64, column: String)
    /// Rows are gone, or were added by somebody else.
    case damagedTable(table: String, found: Int64, written: Int64)
    /// A cell opens but does not hold what it must: this program's own fault.
    case unreadableRecord(table: String, row: Int64)
    /// An entry of the journal does not follow the one before.
    case brokenJournal(row: Int64)
    /// The file system or SQLite refused.
    case storage(String)
    /// They refused at the very end, so that all may have been kept, or nothing.
    case unconfirmed(String)

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .missing(let path): "no vault at \"\(path)\", it must be made first"
        case .exists(let path): "\"\(path)\" is there already, a new vault must have a new name"
        case .notAVault(let path): "\"\(path)\" is no vault of this version"
        case .newer(let path, let schema):
            "a newer intake-admin brought \"\(path)\" to schema \(schema), this one is "
                + "\(Release.version) with schema \(VaultSchema.version): the newer one must be used"
        case .otherCopy: "the copy does not read back as the vault, it must be made again"
        case .wrongPassphrase:
            "the passphrase does not open this vault, it must be the one it was made with"
        case .inUse: "another intake-admin has this vault open, it must be finished first"
        case .damagedCell(let table, let row, let column):
            "cell \"\(column)\" of row \(row) in table \"\(table)\" was changed, cut or swapped, "
                + "it must be as this vault wrote it"
        case .damagedTable(let table, let found, let written):
            "table \"\(table)\" ends at row \(found), it must end at row \(written)"
        case .unreadableRecord(let table, let row):
            "row \(row) in table \"\(table)\" does not read, it must be of this version"
        case .brokenJournal(let row):
            "entry \(row) of the journal does not follow the one before, it must"
        case .storage(let reason): "the vault cannot be read or written: \(reason)"
        case .unconfirmed(let reason):
            "the disk did not confirm what was written to the vault: \(reason)"
        }
    }

    /// What the person at the desk can do about it.
    public var hint: String? {
        switch self {
        case .missing: "make one with: intake-admin init"
        case .inUse: "wait until the other command is done, then try again"
        case .damagedCell, .damagedTable, .unreadableRecord, .brokenJournal:
            "the file is damaged or somebody changed it; put back your last copy of the vault, "
                + "keep the damaged one and tell who looks after this machine"
        case .unconfirmed:
            "it may have been kept: look with list, show or journal before you do it again"
        default: nil
        }
    }
}
