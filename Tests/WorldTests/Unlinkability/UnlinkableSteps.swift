import GRDB
import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import IntakeStore
@testable import SealedIntake

/// The steps of a run with many people, each in an order of its own.
struct UnlinkableSteps {
    let world: World
    let people: [Person]
    private(set) var snapshots: [Snapshot] = []
    /// Sticks, months and drop.
    private(set) var files: [KeptFile] = []
    /// Words and keys that nobody but reporter and desk may hold.
    private(set) var secrets: [[UInt8]] = []
    private var chance: Chance
    /// What the row of each reply says of its shard, as whoever holds the stick reads it.
    private var rowShards: [SealedIntake.Tag: Int64] = [:]

    private var id: OrganisationID { world.ids[0] }

    init(seed: UInt64) throws {
        chance = Chance(seed: seed)
        var plan = WorldPlan.usual
        plan.organisations[0] = WorldPlan.Listed(
            name: "nl-vi",
            batch: UnlinkableRun.batch,
            escalation: ("helpdesk", 5)
        )
        plan.shards = UnlinkableRun.shardCount
        world = try World(plan)
        people = (0..<UnlinkableRun.people).map { _ in Person() }
        secrets = people.flatMap { $0.secrets(at: world.ids[0]) }
    }

    /// Everybody posts one message, in random order, at the hours of one day.
    mutating func post(_ kind: ReporterMessage.Kind) async throws -> UnlinkableRun.Kept {
        let listed = try #require(try world.directory.organisation(id))
        let order = people.indices.shuffled(using: &chance)
        var posted: [(owner: Int, order: Int, thing: KeptThing)] = []
        for (turn, owner) in order.enumerated() {
            let midnight = UInt64(world.today.number) * 86_400
            let seconds = midnight + UInt64(turn / 20) * 3600
            let letter = try Letter(
                of: people[owner],
                kind,
                "Nummer \(owner) vertelt: \(String(repeating: "pest ", count: owner))",
                to: listed,
                in: world,
                slot: UInt32.random(in: 0...(.max), using: &chance),
                at: seconds
            )
            secrets.append([UInt8](letter.words.prefix(20)))
            secrets.append(people[owner].keys(id).tags.release(slot: letter.slot))
            let acceptance = try await world.store.accept(letter.submission, at: seconds)
            #expect(acceptance == .stored(world.today))
            posted.append((owner, turn, KeptThing(letter.submission)))
        }
        return UnlinkableRun.Kept(posted)
    }

    /// The desk answers everybody, in random order; gives the turn of each person.
    mutating func answer() throws -> [Int] {
        var turns = [Int](repeating: 0, count: people.count)
        for (turn, owner) in people.indices.shuffled(using: &chance).enumerated() {
            let words = ascii("Antwoord aan nummer \(owner), hou vol.")
            secrets.append(words)
            turns[owner] = turn
            _ = try world.desk(id).reply(
                to: String(utf8: people[owner].keys(id).threadDigest.hex),
                kind: .message,
                text: words,
                today: world.today
            )
        }
        return turns
    }

    mutating func snapshot(_ name: String) throws {
        snapshots.append(try Snapshot(name, of: world))
    }

    mutating func carryIn(_ name: String) throws -> ImportOutcome {
        let path = try world.stickIn(id)
        files.append(KeptFile(name: name, bytes: try world.folder.read("\(id).in")))
        return try world.take(path, at: id)
    }

    mutating func carryOut(_ name: String) throws {
        let path = try world.stickOut(id)
        let bytes = try world.folder.read("\(id).out")
        files.append(KeptFile(name: name, bytes: bytes))
        var source = ArraySource(bytes)
        let bundle = try OutBundle(from: &source, directory: try world.directory)
        for row in bundle.rows where row.kind == .reply {
            rowShards[row.tag] = Int64(row.shard)
        }
        try world.bringBack(path)
    }

    /// Which shard of the drop each person asks for.
    var shards: [Int] {
        get throws {
            try people.map { Int(try world.directory.shard(of: $0.root.shardByte)) }
        }
    }

    /// What everybody can fetch at the end.
    mutating func keepPublic() throws {
        let publication = world.store.publication
        for month in publication.monthsWithLeaves {
            let bytes = try #require(publication.month(month, today: world.today))
            files.append(KeptFile(name: "month \(month.description)", bytes: bytes))
        }
        for (shard, bytes) in try world.store.shards.enumerated() {
            files.append(KeptFile(name: "shard \(shard)", bytes: bytes))
        }
        files.append(KeptFile(name: "drop", bytes: [UInt8](try world.store.shards.joined())))
        files.append(KeptFile(name: "checkpoints", bytes: publication.checkpoints))
    }

    /// What the newest close wrote for the organisation besides `reports`.
    func fillers(besides reports: UnlinkableRun.Kept) throws -> UnlinkableRun.Kept {
        let known = Set(reports.things.map(\.tag))
        let query = """
            SELECT leaf.tag, leaf.digest, text_body.body
            FROM leaf
            JOIN text_body ON text_body.position = leaf.position
            WHERE leaf.type = 1 AND leaf.organisation = ?
            """
        let rows = try world.store.pool.read { database in
            try Row.fetchAll(database, sql: query, arguments: [Blob(id)])
        }
        let things = rows.map { row in
            KeptThing(tag: row.bytes(0), digest: row.bytes(1), envelope: row.bytes(2))
        }
        let made = things.filter { !known.contains($0.tag) }.map { (-1, 0, $0) }
        return UnlinkableRun.Kept(made)
    }

    /// The reply of a number to each person, found in the drop by the keys that only the test has.
    func replies(number: UInt32, written: [Int]) throws -> UnlinkableRun.Kept {
        let drops = try world.store.shards.map { try Drop(bytes: $0) }
        let shards = try shards
        return UnlinkableRun.Kept(
            try people.enumerated().map { owner, person in
                let tag = person.keys(id).tags.replyTag(number: number)
                let bytes = try #require(drops[shards[owner]].envelope(tag))
                var thing = KeptThing(
                    tag: tag.bytes,
                    digest: Digest(of: bytes).bytes,
                    envelope: bytes
                )
                let shard: Int64 = try #require(rowShards[tag])
                thing.numbers[UnlinkableRun.rowShard] = shard
                return (owner, written[owner], thing)
            }
        )
    }
}

extension UnlinkableRun.Kept {
    /// Sorts by digest, so that the order of the list tells the attacker nothing.
    fileprivate init(_ made: [(owner: Int, order: Int, thing: KeptThing)]) {
        let sorted = made.sorted { $0.thing.digest.lexicographicallyPrecedes($1.thing.digest) }
        self.init(
            things: sorted.map(\.thing),
            owners: sorted.map(\.owner),
            order: sorted.map(\.order)
        )
    }
}

extension KeptThing {
    fileprivate init(_ submission: Submission) {
        self.init(
            tag: submission.tag.bytes,
            digest: submission.envelope.digest.bytes,
            envelope: submission.envelope.bytes
        )
    }
}

extension Person {
    /// All keys of the thread, the public ones too: those are known to the desk alone.
    fileprivate func secrets(at id: OrganisationID) -> [[UInt8]] {
        let keys = keys(id)
        return [
            root.exposed, keys.tags.exposed, keys.threadDigest.bytes,
            keys.thread.publicKey.bytes, keys.thread.exposedSeed,
            keys.reply.publicKey.bytes, keys.reply.exposedSecretKey,
        ]
    }
}
