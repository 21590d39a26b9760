/// The tables of a vault; a cell is bound to its table's name, so names never change.
enum VaultTable: String, CaseIterable, Sendable {
    case setting
    case sealingKey = "sealing_key"
    case leaves
    case thread
    case message
    case unreadable
    case reply
    case piece
    case missing = "gap"
    case alarm
    case journal
    case overdue
    case transfer
    case sent
    case tree

    /// The encrypted columns, beside the row's number.
    var columns: [VaultColumn] {
        switch self {
        case .setting, .leaves, .thread, .missing, .alarm, .sealingKey, .journal: [.record]
        case .message: [.record, .frame]
        case .unreadable, .piece, .overdue, .transfer: [.record, .envelope]
        case .reply: [.record, .frame, .envelope]
        case .sent: [.record, .rows]
        case .tree: [.record, .file]
        }
    }
}

/// The columns of a vault; a cell is bound to its column's name, so names never change.
enum VaultColumn: String, Sendable {
    case record
    case frame
    case envelope
    case rows
    case file
}
