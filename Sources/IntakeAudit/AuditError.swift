import SealedIntake

/// The first thing in public files that cannot be true, or a file without which nothing is known.
public enum AuditError: Refusal {
    /// The folder lacks a file.
    case missing(String)
    /// A file is not in its form, or not signed as it must be.
    case file(String, reason: String)
    /// A directory is refused.
    case directory(String, DirectoryError)
    /// A month does not begin where the one before it ends.
    case otherStart(Month, at: UInt64, expected: UInt64)
    /// A month without leaves before one that does not begin where it does.
    case emptied(Month, before: UInt64)
    /// The subtree roots of a month are not those after the month before.
    case otherSubtrees(Month)
    /// Something about a checkpoint.
    case checkpoint(String, CheckpointError)
    /// A leaf that the rules of the log do not allow.
    case rule(LogRuleError)
    /// A leaf that cannot be true beside the other files; leaves count from 0.
    case entry(UInt64, EntryError)
    /// Shards of the drop differ in length.
    case unevenDrop(String)

    /// A month that does not follow the one before it.
    init(_ month: Month, _ error: LogRunError) {
        switch error {
        case .otherSize(let found, let expected):
            self = .otherStart(month, at: found, expected: expected)
        case .otherTree: self = .otherSubtrees(month)
        }
    }

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .missing(let name): "the folder holds no \"\(name)\", it must"
        case .file(let name, let reason): "\(name): \(reason)"
        case .directory(let name, let error):
            "\(name): \(error.clause)"
        case .otherStart(let month, let found, let expected):
            "log/\(month.description) begins at leaf \(found), "
                + "the month before it ends at \(expected)"
        case .emptied(let month, let first):
            "log/\(month.description) is empty although leaves before \(first) lie in its time, "
                + "only what is thirteen months old may be erased"
        case .otherSubtrees(let month):
            "log/\(month.description) has other subtree roots than the month before it gives"
        case .checkpoint(let name, let error): "\(name): \(error.clause)"
        case .rule(let error): error.clause
        case .entry(let index, let error): "leaf \(index): \(error.clause)"
        case .unevenDrop(let name):
            "\(name) has another length than drop/0, all shards must have one"
        }
    }

    /// What the auditor can do about it.
    public var hint: String? {
        switch self {
        case .missing, .checkpoint(_, .beyond), .entry(_, .unsigned):
            "fetch all files again, between two closes: docs/audit.md"
        case .checkpoint(_, .otherRoot):
            "where two signed checkpoints differ, --proof FILE holds what proves it to others"
        default: nil
        }
    }
}
