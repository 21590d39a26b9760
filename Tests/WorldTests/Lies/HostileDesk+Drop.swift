import Testing

@testable import IntakeStore
@testable import SealedIntake

/// What a hostile desk does to the drop.
extension HostileDesk {
    /// The fat stick: more replies of one shard than a close logs.
    ///
    /// Some of them are withdrawn at once.
    func fat() -> [Sent] {
        isFoundOutAtHome()
        let count = OutLimits.logged(.reply) + 100
        let replies = (0..<count).map { _ -> Sent in
            let body = town.chance.bytes(4096)
            let digest = Digest(of: body)
            return (.reply(id, shard: 0, tag: .random(), digest: digest), body)
        }
        return replies
            + replies.prefix(50).map {
                (.withdrawal(id, tag: $0.row.tag, digest: $0.row.digest), [])
            }
    }

    /// The polling desk: it writes and withdraws, and looks each time; others write meanwhile.
    ///
    /// It sees the same bytes until the close, and then its own reply only.
    func polled() throws -> [Sent] {
        isFoundOutAtHome()
        let before = try world.store.shards
        let (kept, back) = (
            reply(as: id, .random(), town.chance.bytes(4096)),
            reply(as: id, .random(), town.chance.bytes(4096))
        )
        for sent in [[kept], [back], [(withdrawal(of: back), [])]] as [[Sent]] {
            #expect(try town.bring(try stick(.pollsTheDrop, sent)) == [])
            #expect(try world.store.shards == before, "seed \(town.seed)")
        }
        _ = try town.answer(other)
        try world.bringBack(try world.stickOut(other))
        #expect(try world.store.shards == before, "seed \(town.seed)")
        try world.pass()
        let tags = try world.store.shards.flatMap { try Drop(bytes: $0).entries.map(\.tag) }
        #expect(tags.contains(kept.row.tag) && !tags.contains(back.row.tag))
        return [(withdrawal(of: kept), [])]
    }

    /// The true desk of the same organisation says that what it never asked for was withdrawn.
    private func isFoundOutAtHome() {
        town.explained.insert("withdrawalNotAsked")
    }

    private func withdrawal(of sent: Sent) -> OutRow {
        .withdrawal(id, tag: sent.row.tag, digest: sent.row.digest)
    }
}
