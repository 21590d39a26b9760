import IntakeConsole
import IntakeStore
import SealedIntake

/// The folder with everything a server needs, and what lies where in it.
struct DataFolder {
    /// The longest file read whole: roots, keys, notes, the decision tree.
    static let longestFile = 1_048_576

    private let path: String

    init(_ path: String) {
        self.path = path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    var store: String { path + "/intake.sqlite" }
    var logKey: String { path + "/log.key" }
    var nextLogKey: String { path + "/log.key.next" }
    var promiseKey: String { path + "/promise.key" }
    var nextPromiseKey: String { path + "/promise.key.next" }
    var highWater: String { path + "/high-water" }
    var roots: String { path + "/roots" }
    var directory: String { path + "/directory.note" }
    var tree: String { path + "/" + TreeFiles.treeName }
    var pageOrigin: String { path + "/page.made" }

    /// The texts of the tree in a language.
    func texts(_ language: String) -> String {
        path + "/" + TreeFiles.textsName(language)
    }
    /// The page for schools and its downloads, as scripts/campaign makes them.
    var schools: String { path + "/scholen" }

    /// The folder itself.
    var name: String { path }

    var mark: HighWaterMark { HighWaterMark(path: highWater) }

    /// Lies there while `init` works, and where it was cut off.
    var begun: String { path + "/init.begun" }

    /// Has the folder for one process, until that ends or lets go of it.
    /// - Throws: ``CommandError`` where another has it.
    func lock() throws -> FileLock {
        guard let lock = try FileLock(folder: path) else {
            throw CommandError("a server serves from \"\(path)\" already, it must be stopped first")
        }
        return lock
    }

    /// Refuses a folder whose `init` was cut off: the next one takes away what lies there, so
    /// nobody may have worked with it.
    /// - Throws: ``CommandError``.
    func checkMade() throws {
        guard try contents(of: begun) == nil else {
            throw CommandError("init was cut off in \"\(path)\", it must be run again first")
        }
    }

    /// The store and the log key it was made with.
    ///
    /// Where the directory in the store is spoiled, the copy beside it is put into its place, or
    /// one that is `given`.
    func open(
        limits: Limits = Limits(),
        directory given: [UInt8]? = nil
    ) throws -> (store: Store, logKey: LogKey) {
        try checkMade()
        let store = try openWhole(limits, given)
        let file = try PlainFile.contents(of: logKey, most: Self.longestFile)
        let key = try LogKey(file: file, deployment: store.deployment)
        try store.check(key)
        return (store, key)
    }

    private func openWhole(_ limits: Limits, _ given: [UInt8]?) throws -> Store {
        let roots = try readRoots()
        do {
            let store = try Store.open(at: self.store, limits: limits)
            guard let roots, !store.isDirectorySigned(by: roots) else { return store }
            try store.close()
        } catch StoreError.damaged(.directoryChanged(let serial)) {
            guard roots != nil else { throw StoreError.damaged(.directoryChanged(serial)) }
        }
        guard let roots else { return try Store.open(at: self.store, limits: limits) }
        for copy in try [given, contents(of: directory)].compactMap({ $0 }) {
            // A copy that does not fit is no worse than none.
            try? Store.replaceSpoiledDirectory(at: self.store, with: copy, roots: roots)
        }
        let store = try Store.open(at: self.store, limits: limits)
        if store.isDirectorySigned(by: roots) {
            warn("the directory in the store was spoiled, a copy was put into its place")
        }
        return store
    }

    /// Keeps the directory in force beside the store, which mends its own by it.
    func keepDirectory(of store: Store) throws {
        guard let note = store.publication.directory?.note.bytes else { return }
        try PlainFile.replace(directory, with: note, mode: 0o644)
    }

    /// Whether the directory in force lies beside the store.
    func keepsDirectory(of store: Store) throws -> Bool {
        try contents(of: directory) == store.publication.directory?.note.bytes
    }

    /// The key that is to sign the log next, or nil where none was made.
    func readNextLogKey(deployment: [UInt8]) throws -> LogKey? {
        guard let file = try contents(of: nextLogKey) else { return nil }
        return try LogKey(file: file, deployment: deployment)
    }

    /// The key that signs promises, or nil where none was made.
    func readPromiseKey(deployment: [UInt8]) throws -> PromiseKey? {
        guard let file = try contents(of: promiseKey) else { return nil }
        return try PromiseKey(file: file, deployment: deployment)
    }

    /// The key that is to sign promises next, or nil where none was made.
    func readNextPromiseKey(deployment: [UInt8]) throws -> PromiseKey? {
        guard let file = try contents(of: nextPromiseKey) else { return nil }
        return try PromiseKey(file: file, deployment: deployment)
    }

    /// The roots, or nil where none were given to init.
    func readRoots() throws -> Roots? {
        try contents(of: roots).map { try Roots(bytes: $0) }
    }

    /// The decision tree with its texts, or nil where none was given to init.
    func readTree() throws -> TreeFiles? {
        try PlainFile.exists(tree) ? try TreeFiles(at: tree) : nil
    }

    /// The bytes of a file, or nil where it is missing.
    func contents(of file: String) throws -> [UInt8]? {
        try PlainFile.contentsIfThere(of: file, most: Self.longestFile)
    }
}
