/// What a check that found no lie went through.
public struct CheckReport: Equatable, Sendable {
    /// Leaves of the log.
    public internal(set) var leaves = 0
    /// Checkpoints, each verified against all leaves before it.
    public internal(set) var checkpoints = 0
    /// Objects whose digest was computed: envelopes, replies, pieces, directories.
    public internal(set) var objects = 0
    /// Objects that are not here, written down by a recovery or a close.
    public internal(set) var lost = 0
    /// What is wrong with objects, each by itself; a check that found any ends with them all.
    var damage: [StoreDamage] = []
    /// Submissions, replies and transfers that wait for the next close.
    public internal(set) var waiting = 0
}
