/// What a vault holds once; the raw value is the row's number in `setting`.
///
/// All rows are there from the start, empty where nothing was set, so that none can be taken away
/// unseen.
enum Setting: Int64, CaseIterable, Sendable {
    /// How many rows each table has.
    case census = 1
    /// The id of the organisation.
    case organisation
    /// The host name of the deployment.
    case deployment
    /// The roots file, as it was pinned.
    case roots
    /// The seed of the desk key, 32 bytes.
    case deskSeed
    /// The newest directory note trusted.
    case directory
    /// Where the leaves held begin.
    case logStart
    /// The checkpoint note of the newest bundle taken.
    case checkpoint
    /// The newest checkpoint note cosigned, with our line.
    case cosigned
    /// How far other desks were seen to cosign the log.
    case witnesses
    /// Since when what was sent out waits to be seen in the log.
    case silence
}
