import SealedIntake

/// What a person gives along with a bundle.
public struct ImportOptions: Sendable {
    /// A signed directory, the first time or for a newer one.
    public var directory: [UInt8]?
    /// The index of the first leaf, when a desk that begins in the middle accepts that.
    public var acceptedStart: UInt64?
    /// The day it is.
    public var today: Day

    /// Takes the parts.
    public init(today: Day, directory: [UInt8]? = nil, acceptedStart: UInt64? = nil) {
        self.today = today
        self.directory = directory
        self.acceptedStart = acceptedStart
    }
}

extension Desk {
    /// Takes a bundle: verifies all of its container, opens what is inside, files it, and cosigns
    /// the checkpoint when this desk holds everything of its own.
    ///
    /// The vault changes in one transaction or not at all.
    /// - Throws: ``DeskError``; the given directory, then the container, then the log held.
    public func take(
        bundle path: String,
        options: ImportOptions,
        progress: ImportProgress = { _, _, _ in }
    ) throws(DeskError) -> ImportOutcome {
        var (held, trust) = try vault.read { cells throws(DeskError) in
            (
                try HeldLog(reading: cells),
                try DirectoryTrust(reading: cells, identity: identity)
            )
        }
        if let given = options.directory { try trust.take(given: given, today: options.today) }
        guard let logKeys = trust.trusted?.directory.logKeys else {
            throw .container(.noDirectory)
        }
        let verified = try VerifiedBundle(
            path: path,
            identity: identity,
            logKeys: logKeys,
            progress: progress
        )
        let added = try held.extended(by: verified.bundle)
        let start = try LogStart(of: added, held: held, accepted: options.acceptedStart)
        return try vault.write { cells throws(DeskError) in
            var filing = try Filing(
                of: verified.bundle,
                into: cells,
                identity: identity,
                held: held,
                trust: trust,
                today: options.today
            )
            try verified.eachRow(
                progress: progress,
                leaf: { index, leaf, object throws(DeskError) in
                    try filing.file(index: index, leaf: leaf, object: object)
                },
                piece: { digest, object throws(DeskError) in
                    try filing.file(piece: digest, object: object)
                }
            )
            for run in added.earlier + added.later { _ = try cells.append(run) }
            try cells.set(.logStart, to: start.bytes)
            return try conclude(filing, verified.bundle, start, added.count, in: cells, options)
        }
    }

    /// Keeps directory and checkpoint, cosigns, and says what came of it.
    private func conclude(
        _ filing: Filing,
        _ bundle: InBundle,
        _ start: LogStart,
        _ leafCount: Int,
        in cells: VaultCells,
        _ options: ImportOptions
    ) throws(DeskError) -> ImportOutcome {
        if let directory = filing.trust.trusted {
            try cells.set(.directory, to: directory.note.bytes)
        }
        let checkpoints = try Checkpoints(reading: cells).taking(bundle.checkpoint.note)
        try checkpoints.keep(in: cells)
        let isWhole = start.isAccepted && filing.missing.isEmpty
        let cosigned =
            isWhole
            ? try checkpoints.cosign(identity, in: cells, today: options.today)
            : checkpoints.cosignedSize
        return ImportOutcome(
            leaves: leafCount,
            messages: filing.messages,
            unreadable: filing.unreadable,
            waitingElsewhere: try WaitingElsewhere.all(in: cells, names: try names(in: cells)),
            piecesMissing: filing.missingPieces,
            alarms: try alarms(today: options.today, in: cells),
            cosigned: cosigned
        )
    }
}
