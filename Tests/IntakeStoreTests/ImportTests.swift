import Foundation
import SealedIntake
import Stage
import Testing

@testable import IntakeStore

/// What a courier brings back from a desk: all of it or nothing.
struct ImportTests {
    @Test func `replies are taken once and logged by the next close`() throws {
        let deployment = try Deployment()
        try deployment.closeNow()
        let desk = try #require(deployment.desks["nl-vi".id])
        let replies = (0..<4).map { _ in desk.reply() }
        let bundle = try deployment.bundle(replies)
        let first = try deployment.take(bundle)
        #expect((first.newReplies, first.knownReplies) == (4, 0))
        let second = try deployment.take(bundle)
        #expect((second.newReplies, second.knownReplies) == (0, 4))
        try deployment.closeNow()
        let third = try deployment.take(bundle)
        #expect((third.newReplies, third.knownReplies) == (0, 4))
        let logged = try deployment.leaves().filter { $0.type == .reply }
        #expect(Set(logged.map(\.tag)) == Set(replies.map { $0.row.tag }))
        _ = try deployment.check()
    }

    @Test func `a known tag with other bytes is skipped and said`() throws {
        let deployment = try Deployment()
        try deployment.closeNow()
        let desk = try #require(deployment.desks["nl-vi".id])
        let (waiting, logged) = (Tag.random(), Tag.random())
        try deployment.take(deployment.bundle([desk.reply(tag: logged)]))
        try deployment.closeNow()
        try deployment.take(deployment.bundle([desk.reply(tag: waiting)]))
        let report = try deployment.take(
            deployment.bundle([desk.reply(tag: logged), desk.reply(tag: waiting), desk.reply()])
        )
        #expect((report.newReplies, report.conflictingReplies) == (1, 2))
        _ = try deployment.check()
    }

    @Test func `a tag of another organisation's reply is skipped, so that the drop stays readable`()
        throws
    {
        let deployment = try Deployment()
        try deployment.closeNow()
        let (one, other) = (
            try #require(deployment.desks["nl-vi".id]),
            try #require(deployment.desks["helpdesk".id])
        )
        let (waiting, logged) = (Tag.random(), Tag.random())
        let replies = [one.reply(tag: logged), one.reply(tag: waiting)]
        try deployment.take(deployment.bundle([replies[0]]))
        try deployment.closeNow()
        try deployment.take(deployment.bundle([replies[1]]))
        let copies = [other.reply(tag: logged), other.reply(tag: waiting)]
        let report = try deployment.take(deployment.bundle(of: "helpdesk", copies))
        #expect((report.newReplies, report.conflictingReplies) == (0, 2))
        try deployment.closeNow()
        let drop = try Drop(bytes: #require(try deployment.store.shards.first))
        #expect(replies.allSatisfy { drop.envelope($0.row.tag) == $0.object })
        _ = try deployment.check()
    }

    @Test func `an acknowledgement is logged once and only moves forward`() throws {
        let deployment = try Deployment()
        try deployment.closeNow()
        let old = try deployment.newest()
        let before = try deployment.bundle()
        try deployment.closeNow()
        let size = try deployment.newest().checkpoint.size
        #expect(try deployment.take(deployment.bundle()).acknowledged == size)
        #expect(try deployment.take(before).acknowledged == size)
        #expect(try deployment.closeNow().first?.acknowledgements == 1)
        #expect(try deployment.closeNow().first?.acknowledgements == 0)
        let logged = try deployment.leaves().filter { $0.type == .acknowledgement }
        #expect(logged.map(\.number) == [size])
        #expect(old.checkpoint.size < size)
        _ = try deployment.check()
    }

    @Test func `a desk that never cosigned says only what it has`() throws {
        let deployment = try Deployment()
        try deployment.closeNow()
        let size = try deployment.newest().checkpoint.size
        let report = try deployment.take(deployment.bundle(acknowledges: false))
        #expect((report.have, report.acknowledged) == (size, 0))
        #expect(try deployment.closeNow().first?.acknowledgements == 0)
    }

    @Test func `a restored desk may stand further back`() throws {
        let deployment = try Deployment()
        try deployment.closeNow()
        try deployment.take(deployment.bundle())
        let report = try deployment.take(deployment.bundle(acknowledges: false, have: 3))
        #expect(report.have == 3)
        #expect(report.acknowledged > 3)
    }

    /// Bundles that are refused whole; each is made over a store with one closed day.
    private static let refused: [(String, @Sendable (Deployment) throws -> [UInt8])] = [
        ("empty", { _ in [] }),
        ("cut", { [UInt8](try $0.bundle().dropLast()) }),
        ("longer", { try $0.bundle() + [0] }),
        (
            "a row's object changed",
            { deployment in
                let desk = try #require(deployment.desks["nl-vi".id])
                var bundle = try deployment.bundle([desk.reply()])
                bundle[bundle.count - 9] ^= 1
                return bundle
            }
        ),
        (
            "of another tree of the same size",
            { try $0.bundle(over: $0.forged()) }
        ),
        (
            "of a size that was never signed",
            { deployment in
                let tree = try deployment.store.pool.read { try LogReader($0).tree(of: 3) }
                let note = deployment.logKey.signer.checkpoint(tree)
                let between = try deployment.logKey.verified(note)
                return try deployment.bundle(over: between)
            }
        ),
        (
            "never cosigned, with a checkpoint of another tree",
            { try $0.bundle(over: $0.forged(), acknowledges: false) }
        ),
        (
            "an in-bundle",
            { deployment in
                let path = deployment.folder.appending(path: "a.in").path
                _ = try deployment.store.export(
                    for: "nl-vi".id,
                    to: path,
                    logKey: deployment.logKey
                )
                return [UInt8](try Data(contentsOf: URL(filePath: path)))
            }
        ),
    ]

    @Test(arguments: refused.map(\.0))
    func `a bad bundle is refused and changes nothing`(name: String) throws {
        let deployment = try Deployment()
        try deployment.closeNow()
        let make = try #require(Self.refused.first { $0.0 == name })
        let bundle = try make.1(deployment)
        let before = try deployment.contents()
        let error = #expect(throws: StoreError.self) { try deployment.take(bundle) }
        #expect(error?.clause.hasPrefix("the bundle is refused: ") == true, "\(name)")
        #expect(try deployment.contents() == before)
        try deployment.take(deployment.bundle())
    }

    @Test func `no single flipped bit of a bundle gets in`() throws {
        let deployment = try Deployment(organisations: ["nl-vi"], batch: 1)
        try deployment.closeNow()
        let desk = try #require(deployment.desks["nl-vi".id])
        let good = try deployment.bundle([desk.reply()])
        let before = try deployment.contents()
        for place in stride(from: 0, to: good.count, by: 7) {
            var bad = good
            bad[place] ^= 1 << (place % 8)
            let report = try? deployment.take(bad)
            #expect(report == nil, "byte \(place)")
        }
        #expect(try deployment.contents() == before)
        #expect(try deployment.take(good).newReplies == 1)
    }

    @Test func `only the log's and the desk's signatures become public`() throws {
        let deployment = try Deployment()
        try deployment.closeNow()
        let newest = try deployment.newest()
        let stranger = LogKey.random(deployment: [UInt8]("stranger.test".utf8))
        let signed = try deployment.logKey.verified(stranger.signer.signing(newest.note))
        try deployment.take(deployment.bundle(over: signed))
        let list = try CheckpointList(bytes: deployment.store.publication.checkpoints)
        let names = try #require(list.cosigned.first ?? nil).signatures.map(\.name.string)
        #expect(names == ["intake.test", "nl-vi.intake.test"])
    }
}
