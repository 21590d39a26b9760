import SealedIntake

/// A bundle that was verified, fits what this desk holds, and contradicts nothing it knows.
struct InspectedBundle {
    let verified: VerifiedBundle
    /// What the vault held before.
    let held: HeldLog
    /// What the bundle adds.
    let added: LogExtension
    /// What the vault will hold.
    let log: HeldLog
    /// Where that begins, and whether a person accepted it.
    let start: LogStart
    /// What other desks cosigned.
    let witnesses: Witnesses
    /// The directory trusted before anything in the bundle is looked at.
    let trust: DirectoryTrust

    /// Whether a person accepts with this bundle that the log begins where it does.
    var isStartNewlyAccepted: Bool {
        start.isAccepted && start.before.size > 0
            && !(held.hasBegun && held.isAccepted && held.run.before == start.before)
    }
}
