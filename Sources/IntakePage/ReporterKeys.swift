import SealedIntake

/// All keys of one code: its root, and a thread for each organisation as it is asked for.
final class ReporterKeys {
    /// One thread; a class so that it is derived once.
    final class Thread {
        let keys: ThreadKeys

        init(_ keys: consuming ThreadKeys) {
            self.keys = keys
        }
    }

    let root: ReporterRoot
    private var threads: [Thread] = []

    init(root: consuming ReporterRoot) {
        self.root = root
    }

    /// The thread at an organisation.
    func thread(at organisation: OrganisationID) -> Thread {
        for thread in threads where thread.keys.organisation == organisation { return thread }
        let thread = Thread(ThreadKeys(root: root, organisation: organisation))
        threads.append(thread)
        return thread
    }
}
