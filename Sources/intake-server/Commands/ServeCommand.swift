import ArgumentParser
import IntakeConsole
import IntakeStore
import SealedIntake

/// Serves the page and takes submissions.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the page, take submissions, close past days at 02:00 UTC.",
        discussion: """
            Nothing about callers is printed or stored. In production give it a socket behind a \
            proxy that keeps no addresses: then no address enters the process.
            """
    )

    @OptionGroup var data: DataOptions

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 lets the system choose.")
    var port = 8080

    @Option(help: "The Unix socket to listen on, instead of an address.")
    var socket: String?

    @Flag(help: "Serve without the page: a bare server.")
    var noPage = false

    @Option(help: "Where holes in the server are told, an address for security.txt.")
    var securityContact: String?

    @Option(help: "How many MiB must stay free on the disk; below that nothing is taken.")
    var leastFree: UInt64 = 1024

    @Flag(help: ArgumentHelp("Ask no stamps, to measure load.", visibility: .hidden))
    var noStamps = false

    @OptionGroup var look: PageOptions
    @OptionGroup var about: AboutOptions

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("port \(port) is none, it must be 0 to 65535")
        }
        try LeastFree.validate(leastFree)
        if let socket, socket.utf8.count > 103 {
            throw ValidationError(
                "the path of the socket is too long, it must be at most 103 bytes"
            )
        }
    }

    func run() async throws {
        try await reporting {
            let folder = data.folder
            if let socket { try SocketPath.check(socket) }
            let lock = try folder.lock()
            let (store, logKey) = try folder.open(limits: limits)
            try store.rewriteIfOld {
                warn("the store is written anew once, so that it gives free space back from now on")
            }
            keepDirectory(folder, store)
            let promiseKey = try listedPromiseKey(folder, store)
            let tree = try folder.contents(of: folder.tree)
            var fixed = try StaticFiles.of(tree: tree)
            if let contact = securityContact {
                fixed.merge(StaticFiles.of(contact: contact, today: Clock.today)) { $1 }
            }
            fixed.merge(try SchoolFiles.of(folder.schools)) { $1 }
            var pages: [Finding] = []
            if !noPage { pages = try addPage(to: &fixed, folder, store) }
            fixed.merge(StaticFiles.described(fixed)) { $1 }
            let parts = Parts(
                fixed: fixed,
                pages: pages,
                examination: Examination(
                    store: store,
                    logKey: logKey,
                    promiseKey: promiseKey,
                    mark: folder.mark,
                    roots: try folder.readRoots(),
                    tree: tree.map { Digest(of: $0) },
                    leastFreeBytes: limits.leastFreeBytes
                )
            )
            let server = server(parts, promiseKey)
            do {
                try await server.run()
            } catch {
                throw CommandError(failure(error))
            }
            try store.close()
            withExtendedLifetime(lock) {}
        }
    }

    /// The copy only mends: where it cannot be written, such as on a full disk, service goes on.
    private func keepDirectory(_ folder: DataFolder, _ store: Store) {
        do {
            if try !folder.keepsDirectory(of: store) { try folder.keepDirectory(of: store) }
        } catch {
            let clause = (error as? any Refusal)?.clause ?? "\(error)"
            warn("no copy of the directory is kept: \(clause)")
        }
    }

    private struct Parts {
        let fixed: [String: Resource]
        let pages: [Finding]
        let examination: Examination
    }

    private func server(_ parts: Parts, _ promiseKey: PromiseKey) -> Server {
        let store = parts.examination.store
        let clock: @Sendable () -> UInt64 = { store.reckoning(at: Clock.seconds).served }
        let board = HealthBoard { store.workedLast }
        return Server(
            place: socket.map { .socket($0) } ?? .address(host: host, port: port),
            responder: IntakeResponder(
                site: Site(fixed: parts.fixed, store: store, clock: clock),
                envelopes: EnvelopesEndpoint(
                    store: store,
                    promiseKey: promiseKey,
                    clock: clock
                ),
                health: HealthEndpoint(board: board)
            ),
            housekeeping: Housekeeping(
                examination: parts.examination,
                pages: parts.pages,
                board: board
            )
        )
    }

    private var limits: Limits {
        var limits = Limits()
        limits.leastFreeBytes = leastFree << 20
        limits.asksWork = !noStamps
        return limits
    }

    /// Nobody could verify a promise of a key that the directory in force does not list.
    private func listedPromiseKey(_ folder: DataFolder, _ store: Store) throws -> PromiseKey {
        guard let key = try folder.readPromiseKey(deployment: store.deployment) else {
            throw CommandError(
                "no promise.key in \"\(folder.name)\", it must be made with promise-key"
            )
        }
        try store.check(key)
        return key
    }

    private func addPage(
        to fixed: inout [String: Resource],
        _ folder: DataFolder,
        _ store: Store
    ) throws -> [Finding] {
        let pages = try look.pages(folder, deployment: store.deployment)
        fixed.merge(try StaticFiles.of(pages: pages, assets: try look.found())) { $1 }
        fixed.merge(try StaticFiles.of(helpdesk: try look.helpdesk(folder))) { $1 }
        let words = try about.pages(look, folder, withSchools: fixed["/scholen"] != nil)
        fixed.merge(try StaticFiles.of(about: words)) { $1 }
        let listed = store.publication.directory?.directory.pages ?? []
        return listed.compactMap { listed in
            let language = String(utf8: listed.language)
            let served = pages.first { $0.language.tag == language }?.digest
            guard served != listed.digest else { return nil }
            return Finding(
                .page,
                isFailing: false,
                "the page \"\(language)\" is not the one the directory lists",
                "a new directory, or the page that it lists"
            )
        }
    }

    private func failure(_ error: any Error) -> String {
        let place = socket ?? "\(host):\(port)"
        return "cannot serve on \"\(place)\": \(error)"
    }
}
