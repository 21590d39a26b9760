import IntakeConsole
import SealedIntake

extension Desk {
    /// Takes a bundle: verifies all of its container, opens what is inside, files it, and cosigns
    /// the checkpoint when this desk holds everything of its own.
    ///
    /// The vault changes in one transaction. Of a bundle that is refused only the journal says
    /// something, and where two notes contradict each other, a proof file beside the vault.
    /// - Throws: a ``Refusal``; the given directory, then the container, then the log held, then
    ///   what other desks cosigned.
    public func take(
        bundle path: String,
        options: ImportOptions,
        progress: ImportProgress = { _, _, _ in }
    ) throws -> ImportOutcome {
        do {
            let inspected = try inspectWhole(path, options, progress)
            return try file(inspected, of: path, options, progress)
        } catch {
            noteRefusal(error, of: path, today: options.today)
            throw error
        }
    }

    /// Verifies a bundle; whether it is refused or not, what the log signed in it is held against
    /// what it signed before.
    private func inspectWhole(
        _ path: String,
        _ options: ImportOptions,
        _ progress: ImportProgress
    ) throws -> InspectedBundle {
        let inspected: InspectedBundle
        do {
            inspected = try inspect(path, options, progress)
        } catch let error as ContainerError where !error.isProved {
            try checkSignatures(in: path, options)
            throw error
        }
        try checkSignatures(in: path, options)
        return inspected
    }

    /// Verifies a bundle and compares it with everything known, before anything in it is opened.
    private func inspect(
        _ path: String,
        _ options: ImportOptions,
        _ progress: ImportProgress
    ) throws -> InspectedBundle {
        var (held, trust, newest) = try vault.read { cells in
            (
                try HeldLog(reading: cells),
                try DirectoryTrust(reading: cells, identity: identity),
                try Checkpoints(reading: cells).newest
            )
        }
        if let given = options.directory { try trust.take(given: given, today: options.today) }
        guard let logKeys = trust.trusted?.directory.logKeys else {
            throw ContainerError.noDirectory
        }
        let verified = try VerifiedBundle(
            path: path,
            identity: identity,
            logKeys: logKeys,
            progress: progress
        )
        let bundle = verified.bundle
        try held.checkReached(by: bundle)
        if let newest, let proof = held.contradiction(of: bundle, under: newest) {
            let index = held.firstDifference(from: bundle)
            let written = try noteContradiction(proof, today: options.today)
            throw ContainerError.otherHistory(at: index, proof: written)
        }
        let added = held.extended(by: bundle)
        let start = try LogStart(of: added, held: held, accepted: options.acceptedStart)
        let log = try held.adding(added, start: start)
        let witnesses = Witnesses(of: bundle, identity: identity, logKeys: logKeys)
        if let (witness, proof) = witnesses.contradiction(in: log, under: bundle.checkpoint) {
            let written = try noteContradiction(proof, today: options.today)
            throw ContainerError.witnessDiffers(size: witness.checkpoint.size, proof: written)
        }
        return InspectedBundle(
            verified: verified,
            held: held,
            added: added,
            log: log,
            start: start,
            witnesses: witnesses,
            trust: trust
        )
    }

    /// Opens and files everything in one transaction.
    private func file(
        _ inspected: InspectedBundle,
        of path: String,
        _ options: ImportOptions,
        _ progress: ImportProgress
    ) throws -> ImportOutcome {
        let digest = try FileSource.digest(of: path)
        return try vault.write { cells in
            var filing = try Filing(
                inspected,
                into: cells,
                identity: identity,
                today: options.today
            )
            try inspected.verified.eachRow(
                progress: progress,
                leaf: { index, leaf, object in
                    try filing.file(index: index, leaf: leaf, object: object)
                },
                piece: { digest, object in
                    try filing.file(piece: digest, object: object)
                }
            )
            try filing.settleDirectories()
            let added = inspected.added
            for run in added.earlier + added.later { _ = try cells.append(run) }
            try keep(inspected, trust: filing.trust, today: options.today, in: cells)
            let tree = try keepTree(
                beside: path,
                trust: filing.trust,
                today: options.today,
                in: cells
            )
            return try conclude(filing, inspected, digest, tree, in: cells, options)
        }
    }

    /// Keeps what the bundle says of the log: where it begins, its directory, its checkpoint, and
    /// what other desks cosigned.
    private func keep(
        _ inspected: InspectedBundle,
        trust: DirectoryTrust,
        today: Day,
        in cells: VaultCells
    ) throws {
        try cells.set(.logStart, to: inspected.start.bytes)
        if inspected.isStartNewlyAccepted {
            let start = inspected.start.before
            try cells.note(
                JournalEntry(.startAccepted, today, numbers: [start.size], digest: start.root)
            )
        }
        if let directory = trust.trusted {
            try cells.set(.directory, to: directory.note.bytes)
        }
        let bundle = inspected.verified.bundle
        try Checkpoints(reading: cells).taking(bundle.checkpoint.note).keep(in: cells)
        var book = try WitnessBook(reading: cells)
        for row in bundle.leaves { book.see(row.leaf) }
        if let directory = trust.trusted?.directory {
            for witness in inspected.witnesses.checkpoints {
                book.see(witness, directory: directory)
            }
        }
        try book.keep(in: cells)
    }

    /// Cosigns, and says what came of it.
    private func conclude(
        _ filing: Filing,
        _ inspected: InspectedBundle,
        _ digest: Digest,
        _ tree: TreeNews,
        in cells: VaultCells,
        _ options: ImportOptions
    ) throws -> ImportOutcome {
        let bundle = inspected.verified.bundle
        let rewritten = try TakenNumbers(identity: identity)
            .rewrite(in: cells, among: bundle, today: options.today)
        try watchSent(inspected, today: options.today, in: cells)
        let cosigned = try cosign(trust: filing.trust, in: cells, today: options.today)
        try cells.note(
            JournalEntry(
                .imported,
                options.today,
                numbers: [bundle.before.size, bundle.checkpoint.checkpoint.size, cosigned],
                digest: digest
            )
        )
        try erase(inspected, cosigned: cosigned, today: options.today, in: cells)
        return ImportOutcome(
            leaves: inspected.added.count,
            messages: filing.messages,
            unreadable: filing.unreadable,
            waitingElsewhere: try WaitingElsewhere.all(in: cells, names: try names(in: cells)),
            piecesMissing: filing.missingPieces,
            rewritten: rewritten,
            tree: tree,
            alarms: try alarms(today: options.today, in: cells),
            cosigned: cosigned
        )
    }

    /// Erases the leaves of months long past.
    private func erase(
        _ inspected: InspectedBundle,
        cosigned: UInt64,
        today: Day,
        in cells: VaultCells
    ) throws {
        let gaps = try cells.records(GapRecord.self).map(\.record).filter(\.isOpen)
        let erasure = Erasure(
            of: inspected.log,
            open: gaps.map(\.leafIndex),
            cosigned: cosigned,
            today: today
        )
        try erasure?.erase(in: cells, today: today)
    }
}
