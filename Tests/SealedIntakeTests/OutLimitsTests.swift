import Testing

@testable import SealedIntake

/// What of one desk waits and is logged, in the protocol's own numbers.
struct OutLimitsTests {
    @Test func `the limits are those of the protocol`() {
        let kinds: [OutRow.Kind] = [.reply, .transferred, .pieceWanted, .withdrawal]
        #expect(OutLimits.rows == 65_536)
        #expect(OutLimits.batch == 4)
        #expect(kinds.map(OutLimits.waiting) == [16_384, 4_096, 16_384, 16_384])
        #expect(kinds.map(OutLimits.logged) == [512, 128, 0, 512])
    }

    @Test func `a close logs transfers to every other organisation, 128 at least`() {
        let most = [0, 1, 32, 33, 254].map { OutLimits.loggedTransfers(toOthers: $0) }
        #expect(most == [128, 128, 128, 132, 1016])
    }

    @Test func `a close logs 1,024 replies parted by the shards`() {
        #expect([1, 2, 256].map { OutLimits.loggedInShard(of: $0) } == [1024, 512, 4])
    }
}
