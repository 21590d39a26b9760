import SealedIntake

/// Compares what a site serves with what its roots and its log signed.
struct Watch {
    /// What was found where all is as signed.
    struct Report {
        /// The directory served.
        let directory: Directory
        /// The newest checkpoint.
        let checkpoint: Checkpoint
        /// The newest day closed in this or the last month; nil when there is none.
        let closedThrough: Day?
    }

    private let site: Curl
    private let roots: Roots
    private let deployment: String?
    private let today: Day

    /// `deployment` is the name the directory must bear; where it is nil, the host's, if it has
    /// one.
    init(site: Curl, roots: Roots, deployment: String?, today: Day) {
        self.site = site
        self.roots = roots
        self.deployment = deployment
        self.today = today
    }

    /// Fetches and compares, in the order in which a visitor comes to rely on things.
    /// - Throws: ``WatchError``, the first difference.
    func run() throws(WatchError) -> Report {
        let directory = try directory()
        try checkPages(directory.directory)
        let tree = Digest(of: try site.get("/v1/tree", type: Resource.plainText))
        guard tree == directory.directory.treeDigest else { throw .otherDigest("/v1/tree") }
        let log = try WatchedLog(site: site, today: today)
        let checkpoint = try log.check(directory)
        if let day = log.closedThrough, today < day { throw .logAhead(log: day, clock: today) }
        return Report(
            directory: directory.directory,
            checkpoint: checkpoint,
            closedThrough: log.closedThrough
        )
    }

    private func directory() throws(WatchError) -> VerifiedDirectory {
        let bytes = try site.get("/v1/directory", type: Resource.plainText)
        let verified: VerifiedDirectory
        do throws(DirectoryError) {
            guard let note = try? SignedNote(bytes: bytes) else { throw .note(.malformed) }
            let claimed = try Directory(text: note.text).deployment
            verified = try VerifiedDirectory(note: note, roots: roots, deployment: claimed)
            try verified.checkHolds(on: today)
        } catch {
            throw .directory(error)
        }
        let found = String(utf8: verified.directory.deployment)
        if let name = deployment ?? siteName, name != found {
            throw .otherDeployment(found: found, host: name)
        }
        return verified
    }

    /// The host, where it is a name and no address of a machine.
    private var siteName: String? {
        let isNumeric =
            site.host.contains(":") || site.host.allSatisfy { "0123456789.".contains($0) }
        return isNumeric || site.host == "localhost" ? nil : site.host
    }

    private func checkPages(_ directory: Directory) throws(WatchError) {
        guard !directory.pages.isEmpty else { return }
        var pages: [PinnedPage] = []
        var seen: Set<String> = []
        for page in directory.pages {
            let language = String(utf8: page.language)
            for path in PageLanguage(tag: language).paths {
                let served = try site.answer(path)
                guard Digest(of: served.body) == page.digest else { throw .otherDigest(path) }
                let pinned = try PinnedPage(language: language, document: served.body)
                try served.check(type: PinnedPage.type, policy: pinned.policy)
                pages.append(pinned)
            }
        }
        try checkHome(directory)
        for page in pages {
            for file in page.files where seen.insert(file.path).inserted {
                let bytes = try site.get(file.path, type: file.type)
                guard Digest(of: bytes) == file.digest else {
                    throw .otherFile(file.path, language: page.language)
                }
            }
        }
    }

    private func checkHome(_ directory: Directory) throws(WatchError) {
        let home = try site.answer("/")
        let digest = Digest(of: home.body)
        guard let page = directory.pages.first(where: { $0.digest == digest }) else {
            throw .otherHome
        }
        let language = String(utf8: page.language)
        let pinned = try PinnedPage(language: language, document: home.body)
        try home.check(type: PinnedPage.type, policy: pinned.policy)
    }
}
