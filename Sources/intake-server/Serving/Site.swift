import IntakeStore
import SealedIntake
import Synchronization

/// Everything that GET finds: what never changes while the server runs, and what is public now.
final class Site: Sendable {
    private let fixed: [String: Resource]
    private let store: Store
    private let clock: @Sendable () -> UInt64
    private let files: Mutex<PublicFiles>

    init(fixed: [String: Resource], store: Store, clock: @escaping @Sendable () -> UInt64) {
        self.fixed = fixed
        self.store = store
        self.clock = clock
        files = Mutex(PublicFiles(store.publication, today: Day(unixSeconds: clock())))
    }

    /// What lies at a path, or nil.
    /// - Throws: ``StoreError`` when the store cannot be read.
    func resource(at path: String) throws -> Resource? {
        if let found = fixed[path] { return found }
        switch path {
        case "/v1/challenge":
            return Resource(Resource.binary, try store.challenge(at: clock()).bytes)
        case "/v1/directory": return try newest().directory
        case "/v1/log/checkpoint": return try newest().checkpoints
        default: break
        }
        if let name = Self.rest(of: path, after: "/v1/log/") { return try month(name) }
        if let name = Self.rest(of: path, after: "/v1/drop/") { return try shard(name) }
        return nil
    }

    private func month(_ name: Substring) throws -> Resource? {
        guard let month = Month(text: [UInt8](name.utf8)) else { return nil }
        return try newest().month(month, today: Day(unixSeconds: clock()))
    }

    /// Three digits: all shards' paths have one length.
    private func shard(_ name: Substring) throws -> Resource? {
        guard name.utf8.count == 3, name.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(name), number < 256
        else { return nil }
        return try store.shard(number).map { Resource(Resource.binary, $0) }
    }

    private func newest() throws -> PublicFiles {
        let publication = try store.newestPublication()
        let today = Day(unixSeconds: clock())
        return files.withLock { files in
            if files.generation != publication.generation {
                files = PublicFiles(publication, today: today)
            }
            return files
        }
    }

    private static func rest(of path: String, after start: String) -> Substring? {
        path.hasPrefix(start) ? path.dropFirst(start.count) : nil
    }
}
