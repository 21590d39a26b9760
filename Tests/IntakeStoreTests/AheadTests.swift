import SealedIntake
import Testing

@testable import IntakeStore

/// A desk that knows a longer log: nothing is signed until the store has it again.
struct AheadTests {
    /// Bundles of a desk that is ahead, over a store with one closed day.
    private static let bundles:
        [(name: String, knows: UInt64, make: @Sendable (Deployment) throws -> [UInt8])] = [
            ("has more", 100_000, { try $0.bundle(have: 100_000) }),
            (
                "has more and never cosigned", 77,
                { try $0.bundle(acknowledges: false, have: 77) }
            ),
            ("cosigned more", 9999, { try $0.bundle(over: $0.forged(size: 9999)) }),
            (
                "cosigned more and has yet more", 10_005,
                { try $0.bundle(over: $0.forged(size: 9999), have: 10_005) }
            ),
            (
                "never cosigned, but has a longer checkpoint", 9999,
                { try $0.bundle(over: $0.forged(size: 9999), acknowledges: false, have: 5) }
            ),
        ]

    @Test(arguments: bundles.map(\.name))
    func `its bundle is taken, said, and no day is closed, also after a restart`(
        name: String
    ) throws {
        let deployment = try Deployment()
        try deployment.closeNow()
        let size = try deployment.newest().checkpoint.size
        let bundle = try #require(Self.bundles.first { $0.name == name })
        let desk = try #require(deployment.desks["nl-vi".id])
        try deployment.take(deployment.bundle([desk.reply()]))
        let report = try deployment.take(bundle.make(deployment))
        #expect(report.ahead == bundle.knows)
        #expect(report.acknowledged == size)
        let error = StoreError.behindDesk("nl-vi", has: size, knows: bundle.knows)
        #expect(throws: error) { try deployment.closeNow() }
        #expect(throws: error) { try deployment.closePast(deployment.today.adding(2)) }
        let again = try deployment.another()
        let (today, key, mark) = (deployment.today, deployment.logKey, deployment.mark)
        #expect(throws: error) { try again.closeNow(today: today, logKey: key, mark: mark) }
        #expect(throws: error) { try deployment.check() }
        #expect(try deployment.newest().checkpoint.size == size)
    }

    @Test func `replies of a desk that is ahead are taken all the same`() throws {
        let deployment = try Deployment()
        try deployment.closeNow()
        let desk = try #require(deployment.desks["nl-vi".id])
        let bundle = try deployment.bundle([desk.reply()], over: deployment.forged(size: 9999))
        #expect(try deployment.take(bundle).newReplies == 1)
        #expect(try deployment.count("reply_inbox") == 1)
    }

    @Test func `what a desk only said it withdraws, what the log signed it does not`() throws {
        let deployment = try Deployment()
        try deployment.closeNow()
        #expect(try deployment.take(deployment.bundle(have: 500)).ahead == 500)
        #expect(try deployment.take(deployment.bundle()).ahead == nil)
        try deployment.closeNow()
        try deployment.take(deployment.bundle(over: deployment.forged(size: 9999)))
        #expect(try deployment.take(deployment.bundle()).ahead == 9999)
        #expect(throws: StoreError.self) { try deployment.closeNow() }
    }

    @Test func `a desk that is not listed any more cannot stop the days by its word alone`() throws
    {
        let deployment = try Deployment()
        try deployment.closeNow()
        try deployment.take(deployment.bundle(of: "helpdesk", have: 500))
        #expect(throws: StoreError.self) { try deployment.closeNow() }
        try deployment.install(deployment.directory(["nl-vi"], serial: 2))
        try deployment.closeNow()
        try deployment.take(deployment.bundle(of: "nl-vi", over: deployment.forged(size: 9999)))
        try deployment.install(deployment.directory(["helpdesk"], serial: 3))
        #expect(throws: StoreError.self) { try deployment.closeNow() }
    }
}
