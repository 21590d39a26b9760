import IntakeConsole
import SealedIntake

extension Desk {
    /// Writes into the journal that a bundle was refused, and why.
    ///
    /// The refusal stands also where the journal cannot be written: then that is not the worst of
    /// it, and the next command will say so.
    func noteRefusal(_ error: any Error, of path: String, today: Day) {
        // A file that nobody signed may be as long as a stick can claim.
        guard let error = error as? ContainerError,
            let digest = try? FileSource.digest(of: path, most: Keeping.refusedBytes)
        else { return }
        let entry = JournalEntry(
            .refused,
            today,
            numbers: [RefusedImport(error).rawValue],
            digest: digest
        )
        try? vault.write { cells in try cells.note(entry) }
    }

    /// Writes the proof of a contradiction beside the vault and notes it in the journal, once.
    /// - Returns: the name of the file, or nil when it could not be written.
    func noteContradiction(
        _ proof: Contradiction,
        today: Day
    ) throws -> String? {
        let (path, digest, isWritten) = ProofFile.write(proof, beside: vault.path)
        let sizes = [proof.older, proof.newer].map { note in
            (try? Checkpoint(text: note.text))?.size ?? 0
        }
        let entry = JournalEntry(.contradiction, today, numbers: sizes, digest: digest)
        try vault.write { cells in
            let known = try cells.contradictions().contains { $0.digest == digest }
            if !known { try cells.note(entry) }
        }
        return isWritten ? path : nil
    }
}

extension VaultCells {
    /// The contradictions this desk saw, oldest first: they are never forgotten.
    func contradictions() throws -> [JournalEntry] {
        try records(JournalRecord.self).map(\.record.entry).filter { $0.kind == .contradiction }
    }
}
