import SealedIntake

/// What is public, verified: the directory in force, the log, the server's hour.
struct OpenedVisit {
    /// The directory.
    let directory: Directory

    /// The decision tree that the directory names.
    let tree: DecisionTree

    /// The log.
    private(set) var log: LogView

    /// The server's hour and what it asks now.
    private(set) var challenge: Challenge

    /// Verifies what was fetched.
    /// - Throws: ``OpeningRefusal``, in the order of its cases where several hold, but that an
    ///   unreadable challenge comes first and the tree after the directory's last day.
    init(files: PublicFiles, site: Site) throws(OpeningRefusal) {
        guard let challenge = Challenge(bytes: files.challenge) else { throw .challenge }
        self.challenge = challenge
        guard let note = try? SignedNote(bytes: files.directory),
            let signed = try? VerifiedDirectory(
                note: note,
                roots: site.roots,
                deployment: site.deployment
            )
        else { throw .directory }
        directory = signed.directory
        guard challenge.day <= directory.expires else { throw .expired }
        tree = try Self.tree(files.tree, of: directory)
        guard let list = try? CheckpointList(bytes: files.checkpoints) else { throw .checkpoint }
        guard let lastMonth = try? MonthFile(bytes: files.lastMonth),
            let thisMonth = try? MonthFile(bytes: files.thisMonth)
        else { throw .log }
        log = try LogView(
            list: list,
            lastMonth: lastMonth,
            thisMonth: thisMonth,
            today: challenge.day,
            directory: directory
        )
        try Self.check(signed, against: log)
        try checkClock(challenge)
    }

    /// Takes a newer challenge.
    /// - Throws: ``OpeningRefusal/challenge``, ``OpeningRefusal/clock``.
    mutating func refresh(_ bytes: [UInt8]) throws(OpeningRefusal) {
        guard let newer = Challenge(bytes: bytes) else { throw .challenge }
        try checkClock(newer)
        challenge = newer
    }

    /// Takes the month before those in view.
    /// - Throws: ``OpeningRefusal/log``.
    mutating func reach(back month: MonthFile) throws(OpeningRefusal) -> LogView.Reach {
        try log.reach(back: month, today: today)
    }

    /// The day of the server's hour.
    var today: Day { challenge.day }

    /// The shard of the drop for a shard byte.
    func shard(of byte: UInt8) -> UInt32 { directory.shard(of: byte) }

    /// What was fetched is read when it is the tree that the roots signed, never before.
    private static func tree(
        _ bytes: [UInt8],
        of directory: Directory
    ) throws(OpeningRefusal) -> DecisionTree {
        guard Digest(of: bytes) == directory.treeDigest,
            let tree = try? DecisionTree(bytes: bytes)
        else { throw .tree }
        return tree
    }

    /// A log that has leaves began this month or the last with a directory: without one in sight
    /// an older directory could not be told from the newest.
    private static func check(
        _ signed: VerifiedDirectory,
        against log: LogView
    ) throws(OpeningRefusal) {
        guard let newest = log.newestDirectory, let serial = newest.number else {
            guard log.checkpoint.size == 0 else { throw .log }
            return
        }
        do throws(DirectoryError) {
            try signed.checkSupersedes(serial: serial, digest: newest.digest)
        } catch {
            throw .older
        }
    }

    private func checkClock(_ challenge: Challenge) throws(OpeningRefusal) {
        if let newest = log.newestDay, challenge.day < newest { throw .clock }
    }
}

/// Why what is public is not believed.
enum OpeningRefusal: Int32, Error {
    /// The directory is badly signed or not in its form.
    case directory = 1
    /// The directory's last day is past.
    case expired = 2
    /// The log knows a newer directory.
    case older = 3
    /// The challenge is not in its form.
    case challenge = 4
    /// A checkpoint is badly signed or not in its form.
    case checkpoint = 5
    /// The leaves do not give the signed roots.
    case log = 6
    /// The server's hour lies before the newest day of the log.
    case clock = 7
    /// There is no visit to open or refresh.
    case notStarted = 8
    /// The decision tree is another than the directory's, or not in its form.
    case tree = 9
}
