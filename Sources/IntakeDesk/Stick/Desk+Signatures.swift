import IntakeConsole
import SealedIntake

extension Desk {
    /// Holds every checkpoint that the log signed in a bundle against what it signed before, and
    /// them against each other; the rest of the bundle need not hold for that.
    /// - Throws: ``ContainerError/twoRoots(size:proof:)``.
    func checkSignatures(in path: String, against known: KnownLog, today: Day) throws {
        guard let logKeys = known.trust.trusted?.directory.logKeys else { return }
        var source = try FileSource(path: path)
        let signed = InBundle.checkpoints(
            from: &source,
            origin: identity.deployment,
            logKeys: logKeys
        )
        let proofs = signed.lazy.compactMap { one in
            known.newest.flatMap { known.held.run.contradiction(of: one, under: $0) }
        }
        guard let proof = proofs.first ?? Contradiction.ofOneSize(among: signed) else { return }
        let size = (try? Checkpoint(text: proof.older.text))?.size ?? 0
        throw ContainerError.twoRoots(size: size, proof: try noteContradiction(proof, today: today))
    }
}
