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
            let known = try read { books in try KnownLog(reading: books, options) }
            let inspected = try inspectWhole(path, known, options, progress)
            return try file(inspected, known, of: path, options, progress)
        } catch {
            noteRefusal(error, of: path, today: options.today)
            throw error
        }
    }

    /// Verifies a bundle; whether it is refused or not, what the log signed in it is held against
    /// what it signed before.
    private func inspectWhole(
        _ path: String,
        _ known: KnownLog,
        _ options: ImportOptions,
        _ progress: ImportProgress
    ) throws -> InspectedBundle {
        let inspected: InspectedBundle
        do {
            inspected = try inspect(path, known, options, progress)
        } catch let error as ContainerError where !error.isProved {
            try checkSignatures(in: path, against: known, today: options.today)
            throw error
        }
        try checkSignatures(in: path, against: known, today: options.today)
        return inspected
    }

    /// Verifies a bundle and compares it with everything known, before anything in it is opened.
    private func inspect(
        _ path: String,
        _ known: KnownLog,
        _ options: ImportOptions,
        _ progress: ImportProgress
    ) throws -> InspectedBundle {
        let held = known.held
        guard let logKeys = known.trust.trusted?.directory.logKeys else {
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
        if let newest = known.newest, let proof = held.contradiction(of: bundle, under: newest) {
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
            trust: known.trust
        )
    }

    /// Opens and files everything in one transaction.
    private func file(
        _ inspected: InspectedBundle,
        _ known: KnownLog,
        of path: String,
        _ options: ImportOptions,
        _ progress: ImportProgress
    ) throws -> ImportOutcome {
        try write(known.books) { books in
            var filing = try Filing(inspected, into: books, today: options.today)
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
            try keep(inspected, trust: filing.trust, today: options.today, in: books)
            let tree = try keepTree(beside: path, today: options.today, in: books)
            return try conclude(filing, inspected, tree, in: books, today: options.today)
        }
    }

    /// Keeps what the bundle says of the log: its leaves and where they begin, its directory, its
    /// checkpoint, and what other desks cosigned.
    private func keep(
        _ inspected: InspectedBundle,
        trust: DirectoryTrust,
        today: Day,
        in books: Books
    ) throws {
        try books.keep(inspected.log, adding: inspected.added, start: inspected.start)
        if inspected.isStartNewlyAccepted {
            let start = inspected.start.before
            try books.cells.note(
                JournalEntry(.startAccepted, today, numbers: [start.size], digest: start.root)
            )
        }
        try books.keep(trust)
        let bundle = inspected.verified.bundle
        try books.take(bundle.checkpoint.note)
        var witnesses = try books.witnesses()
        for leaf in bundle.run.leaves { witnesses.see(leaf) }
        if let directory = trust.trusted?.directory {
            for witness in inspected.witnesses.checkpoints {
                witnesses.see(witness, directory: directory)
            }
        }
        try books.keep(witnesses)
    }

    /// Cosigns, and says what came of it.
    private func conclude(
        _ filing: Filing,
        _ inspected: InspectedBundle,
        _ tree: TreeNews,
        in books: Books,
        today: Day
    ) throws -> ImportOutcome {
        let verified = inspected.verified
        let rewritten = try TakenNumbers(in: books).rewrite(among: verified.bundle, today: today)
        try watchSent(inspected, today: today, in: books.cells)
        let cosigned = try cosign(in: books, today: today)
        let end = verified.bundle.checkpoint.checkpoint.size
        try books.cells.note(
            JournalEntry(
                .imported,
                today,
                numbers: [verified.bundle.run.first, end, cosigned],
                digest: verified.digest
            )
        )
        let erasure = Erasure(
            of: inspected.log,
            open: try books.openMissing().map(\.index),
            cosigned: cosigned,
            today: today
        )
        if let erasure { try books.erase(erasure, today: today) }
        return ImportOutcome(
            leaves: inspected.added.count,
            messages: filing.messages,
            unreadable: filing.unreadable,
            takenAgain: filing.takenAgain + filing.shelf.takenAgain,
            waitingElsewhere: try WaitingElsewhere.all(in: books),
            piecesMissing: filing.missingPieces,
            rewritten: rewritten,
            tree: tree,
            alarms: try alarms(today: today, in: books),
            cosigned: cosigned
        )
    }
}
