import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import IntakeStore
@testable import SealedIntake

/// A desk of an organisation that wishes the others ill.
///
/// It signs what it wants with its own keys; beside that its true desk goes on.
struct HostileDesk {
    typealias Sent = (row: OutRow, object: [UInt8])

    let town: Town
    let id: OrganisationID
    /// Whom it wishes ill.
    let other: OrganisationID

    init?(town: Town) {
        let two = town.working.shuffled(using: &town.chance)
        guard two.count > 1 else { return nil }
        self.town = town
        (id, other) = (two[0], two[1])
    }

    var world: World { town.world }

    /// Does one thing, lets it go its way, and holds the others to what they were before.
    func tell(_ lie: DeskLie) async throws {
        town.news = world.store.publication.size
        let sent = try rows(lie)
        let before = try town.messages(at: other)
        let stored = try town.storeState()
        let found = try town.bring(try stick(lie, sent))
        #expect(found == (lie.isRefused ? [.storeRefuses] : []), "\(lie), seed \(town.seed)")
        if lie.isRefused {
            #expect(try town.storeState() == stored, "\(lie), seed \(town.seed)")
        }
        if lie == .saysItHasMore { try await expectOthersGoOn() }
        try world.pass()
        // What is more than one close logs is of this lie too, and no news later.
        while try waits { try world.pass() }
        try town.carry(other)
        let now = try town.messages(at: other)
        #expect(before.allSatisfy { now.contains($0) }, "\(lie), seed \(town.seed)")
        try expectNothingHandedOn()
        #expect(try PublicView(of: world).refusals(in: world) == [], "\(lie), seed \(town.seed)")
        for bytes in try world.store.shards { _ = try Drop(bytes: bytes) }
    }

    /// Whether something that a desk brought is not logged yet.
    private var waits: Bool {
        get throws {
            let share = try world.store.pool.read { try DeskShare($0) }
            return !(share.replies.isEmpty && share.withdrawals.isEmpty && share.transfers.isEmpty)
        }
    }

    /// Until a desk that claims a longer log says otherwise, no day is closed; all else goes on.
    private func expectOthersGoOn() async throws {
        #expect(throws: StoreError.self) { try world.pass() }
        world.today = world.today.previous
        try await town.report(to: other)
        try town.carry(other)
        try world.bringBack(try world.stickOut(id))
    }

    /// Nothing of an honest reporter's is at another organisation: none agreed to that.
    private func expectNothingHandedOn() throws {
        let desk = try world.desk(other)
        let words = Set(town.people.flatMap(\.reports).map(\.words))
        for summary in try desk.threads() {
            for message in try desk.thread(summary.thread).messages
            where message.source != .written {
                let said = String(utf8: message.message.text)
                #expect(!words.contains(said), "seed \(town.seed)")
            }
        }
    }

    /// The rows of a lie; those that a reader must refuse are made here too.
    private func rows(_ lie: DeskLie) throws -> [Sent] {
        switch lie {
        case .repliesAsAnother: [reply(as: other, .random(), town.chance.bytes(4096))]
        case .withdrawsAsAnother: [(.withdrawal(other, tag: .random(), digest: someDigest), [])]
        case .transfersToItself: [transfer(to: id, town.chance.bytes(16_384))]
        case .acknowledgesBeyond, .acknowledgesAnotherRoot, .signsGarbage, .saysItHasMore: []
        case .copiesTagOfAnother: try copies()
        case .repeatsTag: repeated()
        case .withdrawsAnothers:
            try replies(of: other).map { (.withdrawal(id, tag: $0.tag, digest: $0.digest), []) }
        case .transfersToStranger:
            [transfer(to: try #require(OrganisationID(ascii: ascii("nobody"))), filler)]
        case .floodsWithTransfers: (0..<40).map { _ in transfer(to: other, filler) }
        case .wantsPiecesOfNobody:
            (0..<200).map { _ in (.pieceWanted(by: id, digest: someDigest), []) }
        case .repliesGarbage:
            (0..<8).map { _ in reply(as: id, .random(), town.chance.bytes(4096)) }
        case .transfersGarbage:
            (0..<8).map { _ in transfer(to: other, town.chance.bytes(16_384)) }
        case .transfersMutations: try sealed(mutations())
        case .forgesConsents: try sealed(forgeries())
        case .transfersAgain: try again()
        case .fillsOneShard: fat()
        case .pollsTheDrop: try polled()
        }
    }

    var someDigest: Digest { Digest(of: town.chance.bytes(8)) }

    private var filler: [UInt8] {
        Envelope.text(town.filler, to: SealingKeyPair.random().publicKey, second: .decoy).bytes
    }

    func reply(as id: OrganisationID, _ tag: SealedIntake.Tag, _ body: [UInt8]) -> Sent {
        let digest = Digest(of: body)
        return (.reply(id, shard: town.chance.byte, tag: tag, digest: digest), body)
    }

    func transfer(to other: OrganisationID, _ body: [UInt8]) -> Sent {
        (.transferred(to: other, tag: .random(), digest: Digest(of: body)), body)
    }

    private func sealed(_ frames: [[UInt8]]) throws -> [Sent] {
        let key = try #require(
            try world.directory.organisation(other)?.sealingKey(on: world.today)
        )
        return frames.map { frame in
            transfer(to: other, Envelope.text(frame, to: key, second: .decoy).bytes)
        }
    }

    private func replies(of id: OrganisationID) throws -> [Leaf] {
        try LoggedEntry.all(in: world.store).map(\.leaf)
            .filter { $0.type == .reply && $0.organisation == id }
    }

    /// Replies of its own under the tags of another's, in the same shard: a drop that has a tag
    /// twice is none, and nobody could read it.
    private func copies() throws -> [Sent] {
        try LoggedEntry.all(in: world.store).compactMap { entry in
            guard entry.leaf.organisation == other, let reply = entry.reply else { return nil }
            let body = town.chance.bytes(4096)
            let row = OutRow.reply(
                id,
                shard: UInt8(reply.shard),
                tag: entry.leaf.tag,
                digest: Digest(of: body)
            )
            return (row, body)
        }
    }

    private func repeated() -> [Sent] {
        let tag = SealedIntake.Tag.random()
        return (0..<3).map { _ in reply(as: id, tag, town.chance.bytes(4096)) }
    }

    /// The same envelope twice, and once more in a stick of its own.
    private func again() throws -> [Sent] {
        let once = try sealed([try mutations(1)[0]])
        #expect(try town.bring(try stick(.transfersAgain, once)) == [])
        return once + [transfer(to: other, once[0].object)]
    }
}
