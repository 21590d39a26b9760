import SealedIntake

/// What is public, verified: the directory in force, the log, the server's hour.
final class OpenedVisit {
    /// The directory.
    let directory: Directory

    /// The decision tree that the directory names.
    let tree: DecisionTree

    /// The log.
    private(set) var log: LogView

    /// The server's hour and what it asks now.
    private(set) var challenge: Challenge

    /// What the page holds from the start.
    private let site: Site

    /// Verifies what was fetched.
    /// - Throws: ``OpeningRefusal``, in the order of its cases where several hold, but that an
    ///   unreadable challenge comes first and the tree after the directory's last day.
    init(files: PublicFiles, site: Site) throws(OpeningRefusal) {
        guard let challenge = Challenge(bytes: files.challenge) else { throw .challenge }
        self.challenge = challenge
        self.site = site
        guard let note = try? SignedNote(bytes: files.directory),
            let signed = try? VerifiedDirectory(
                note: note,
                roots: site.roots,
                deployment: site.deployment
            )
        else { throw .directory }
        directory = signed.directory
        guard directory.serial >= site.lowestSerial else { throw .older }
        guard challenge.day <= directory.expires else { throw .expired }
        try Self.check(challenge, against: directory)
        guard directory.treeDigest == site.treeDigest else { throw .renewed }
        tree = try Self.tree(files.tree, of: directory)
        guard let list = try? CheckpointList(bytes: files.checkpoints) else { throw .checkpoint }
        guard let lastMonth = try? LogRun(monthFile: files.lastMonth),
            let thisMonth = try? LogRun(monthFile: files.thisMonth)
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

    /// Takes a newer challenge, and holds it against the rest as the first.
    /// - Throws: ``OpeningRefusal/challenge``, ``OpeningRefusal/expired``,
    ///   ``OpeningRefusal/clock``.
    func refresh(_ bytes: [UInt8]) throws(OpeningRefusal) {
        guard let newer = Challenge(bytes: bytes) else { throw .challenge }
        guard newer.day <= directory.expires else { throw .expired }
        try Self.check(newer, against: directory)
        try checkClock(newer)
        challenge = newer
    }

    /// Takes the month before those in view.
    /// - Throws: ``OpeningRefusal/log``.
    func reach(back month: LogRun) throws(OpeningRefusal) -> LogView.Reach {
        try log.reach(back: month, today: signedToday)
    }

    /// The day of the server's hour, which nobody signs.
    var today: Day { challenge.day }

    /// The mean number of hashes of each part of a stamp for an organisation; nil for a stranger.
    func tries(for organisation: OrganisationID) -> UInt16? {
        directory.organisations.firstIndex { $0.id == organisation }.map { challenge.tries[$0] }
    }

    /// The day up to which time has passed by what is signed: that of the server's hour, but never
    /// later than the day after the newest closed one.
    var signedToday: Day { min(today, log.newestDay?.adding(1) ?? today) }

    /// The server's day, where the device's clock is more than two days away from its hour, or two
    /// days past what the log knows of time; nil where they agree.
    ///
    /// A server may show everything as it was long ago; a device's clock may simply be wrong.
    var otherDay: Day? {
        let two: UInt32 = 48
        let (hour, device) = (challenge.hour, site.deviceHour)
        if max(hour, device) - min(hour, device) > two { return today }
        return device / 24 > signedToday.number + two / 24 ? signedToday : nil
    }

    /// The shard of the drop for a shard byte.
    func shard(of byte: UInt8) -> UInt32 { directory.shard(of: byte) }

    /// One number for each organisation, and none above what the roots allow: refused before any
    /// work is done.
    private static func check(
        _ challenge: Challenge,
        against directory: Directory
    ) throws(OpeningRefusal) {
        guard challenge.tries.count == directory.organisations.count,
            challenge.tries.allSatisfy({ $0 <= directory.work })
        else { throw .challenge }
    }

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
        if challenge.day < max(site.madeOn, log.newestDay ?? site.madeOn) { throw .clock }
    }
}

/// Why what is public is not believed.
enum OpeningRefusal: Int32, Error {
    /// The directory is badly signed or not in its form.
    case directory = 1
    /// The directory's last day is past.
    case expired = 2
    /// The log knows a newer directory, or the page does.
    case older = 3
    /// The challenge is not in its form, or asks more work than the directory allows.
    case challenge = 4
    /// A checkpoint is badly signed or not in its form.
    case checkpoint = 5
    /// The leaves do not give the signed roots.
    case log = 6
    /// The server's hour lies before the newest day of the log, or before the page was made.
    case clock = 7
    /// There is no visit to open or refresh.
    case notStarted = 8
    /// The decision tree is another than the directory's, or not in its form.
    case tree = 9
    /// The directory names another tree than the one that stands in the page.
    case renewed = 10
}
