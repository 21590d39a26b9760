import SealedIntake

/// The checkpoints other desks cosigned, as a bundle brought them; the log's signature under each
/// was verified.
///
/// A note that the log did not sign, or beyond the bundle's own end, is left out: it shows nothing,
/// as if it had not come.
struct Witnesses {
    /// Those the log signed, in the order of the bundle.
    let checkpoints: [VerifiedCheckpoint]

    /// Verifies the log's signature under each.
    init(of bundle: InBundle, identity: DeskIdentity, logKeys: [VerifierKey]) {
        let end = bundle.checkpoint.checkpoint.size
        checkpoints = bundle.witnesses.compactMap { note in
            let verified = try? VerifiedCheckpoint(
                note: note,
                origin: identity.deployment,
                logKeys: logKeys
            )
            return verified.flatMap { $0.checkpoint.size <= end ? $0 : nil }
        }
    }

    /// The first that says another root than the leaves held give, with the proof; nil where all
    /// agree or the leaves are not held.
    func contradiction(
        in log: HeldLog,
        under checkpoint: VerifiedCheckpoint
    ) -> (witness: VerifiedCheckpoint, proof: Contradiction)? {
        for witness in checkpoints {
            if let proof = log.run.contradiction(of: witness, under: checkpoint.note) {
                return (witness, proof)
            }
        }
        return nil
    }
}
