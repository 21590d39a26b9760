import GRDB
import SealedIntake
import Testing

@testable import IntakeStore

/// What an entry of the drop tells to who has no key: not whether it is a reply or fills up.
struct DropTests {
    /// All shards of the drop by tag.
    private func drops(_ deployment: Deployment) throws -> [[Tag: [UInt8]]] {
        try deployment.store.shards.map { bytes in
            try Drop(bytes: bytes).entries.reduce(into: [:]) { $0[$1.tag] = $1.envelope }
        }
    }

    /// A deployment with replies of some days, unevenly spread; with the tags of all of them.
    private func busy(days: Int, shards: Int = 8) throws -> (Deployment, Set<Tag>) {
        let deployment = try Deployment(batch: 1, shards: shards)
        let desk = try #require(deployment.desks["nl-vi".id])
        var tags: Set<Tag> = []
        for day in 0..<days {
            let replies = (0..<(day % 3 * 4 + 1)).map { place in
                desk.reply(shard: UInt8(place * place % shards))
            }
            tags.formUnion(replies.map(\.row.tag))
            try deployment.take(deployment.bundle(replies, shards: UInt32(shards)))
            try deployment.closePast(deployment.today.adding(UInt32(day) + 1))
        }
        return (deployment, tags)
    }

    @Test func `a filler has the form of a reply, and its key is a point of the curve`() throws {
        let (deployment, tags) = try busy(days: 6)
        let entries = try drops(deployment).flatMap { $0 }
        let fillers = entries.filter { !tags.contains($0.key) }
        #expect(fillers.count > 50)
        #expect(entries.contains { tags.contains($0.key) })
        for (_, envelope) in entries {
            #expect(try Envelope(bytes: envelope, expecting: .reply).bytes == envelope)
        }
        let some = fillers.prefix(24) + entries.filter { tags.contains($0.key) }.prefix(4)
        for (_, envelope) in some { #expect(Curve.holds([UInt8](envelope[8..<40]))) }
        // What fills it up by random bytes is found: half of them are no points.
        let random = (0..<24).filter { _ in Curve.holds(Tag.random().bytes + Tag.random().bytes) }
        #expect((1..<24).contains(random.count))
    }

    @Test func `no byte of an entry is spread otherwise in fillers than in replies`() throws {
        let (deployment, tags) = try busy(days: 12)
        let entries = try drops(deployment).flatMap { $0 }
        for isReply in [true, false] {
            let bytes = entries.filter { tags.contains($0.key) == isReply }
                .flatMap { $0.key.bytes + $0.value.dropFirst(8) }
            let mean = bytes.reduce(0.0) { $0 + Double($1) } / Double(bytes.count)
            let ones = bytes.reduce(0) { $0 + $1.nonzeroBitCount }
            #expect(abs(mean - 127.5) < 1)
            #expect(abs(Double(ones) / Double(bytes.count * 8) - 0.5) < 0.005)
        }
    }

    @Test func `shards are as long as the one with most replies, and fillers stay`() throws {
        let deployment = try Deployment(batch: 1, shards: 4)
        let desk = try #require(deployment.desks["nl-vi".id])
        var (tags, before): (Set<Tag>, [[Tag: [UInt8]]]) = ([], [[:], [:], [:], [:]])
        for day in 0..<100 {
            if day < 8 {
                let replies = (0...(day % 4)).map { _ in desk.reply(shard: UInt8(day % 3)) }
                tags.formUnion(replies.map(\.row.tag))
                try deployment.take(deployment.bundle(replies, shards: 4))
            }
            try deployment.closePast(deployment.today.adding(UInt32(day) + 1))
            let shards = try drops(deployment)
            let longest = shards.map { $0.keys.count(where: tags.contains) }.max()
            #expect(shards.allSatisfy { $0.count == longest }, "day \(day)")
            // No more goes and comes than must.
            for (was, now) in zip(before, shards) {
                let (old, new) = (Set(was.keys), Set(now.keys))
                #expect(old.subtracting(new).isEmpty || new.subtracting(old).isSubset(of: tags))
                #expect(old.intersection(new).allSatisfy { was[$0] == now[$0] })
            }
            before = shards
        }
        #expect(try drops(deployment).allSatisfy(\.isEmpty))
        _ = try deployment.check()
    }

    @Test func `fillers go with the withdrawn reply that they stood beside`() throws {
        let deployment = try Deployment(batch: 1, shards: 2)
        let desk = try #require(deployment.desks["nl-vi".id])
        let (first, second) = (desk.reply(shard: 0), desk.reply(shard: 0))
        try deployment.take(deployment.bundle([first, second]))
        try deployment.closePast(deployment.today.adding(1))
        #expect(try drops(deployment).map(\.count) == [2, 2])
        try deployment.take(deployment.bundle([desk.withdraw(first.row)]))
        try deployment.closePast(deployment.today.adding(2))
        let shards = try drops(deployment)
        #expect(shards.map(\.count) == [1, 1])
        #expect(shards[0][first.row.tag] == nil)
        #expect(shards[0][second.row.tag] == second.object)
        try deployment.closePast(deployment.today.adding(91))
        #expect(try drops(deployment).allSatisfy(\.isEmpty))
        _ = try deployment.check()
    }

    @Test func `another number of shards leaves all of one length`() throws {
        let (deployment, tags) = try busy(days: 5)
        for (serial, shards) in [(2, 16), (3, 2), (4, 4), (5, 1)] {
            let text = try deployment.directory(
                ["nl-vi", "helpdesk"],
                serial: serial,
                shards: shards
            )
            try deployment.install(text)
            let found = try drops(deployment)
            #expect(found.count == shards)
            #expect(Set(found.map(\.count)).count == 1)
            #expect(Set(found.flatMap(\.keys)).isSuperset(of: tags))
            _ = try deployment.check()
        }
    }

    @Test func `a shard that is read while a day is closed is not mixed`() throws {
        let (deployment, _) = try busy(days: 5)
        let shard = try #require(try deployment.store.shard(1))
        #expect(shard.partCount > 1)
        _ = try shard.part(0)
        try deployment.closePast(deployment.today.adding(90))
        #expect(throws: StoreError.dropChanged) { try shard.part(1) }
        #expect(try deployment.store.shard(8) == nil)
    }
}
