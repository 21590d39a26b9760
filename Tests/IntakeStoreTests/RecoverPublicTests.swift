import SealedIntake
import Testing

@testable import IntakeStore

/// A server that was restored from an older copy gets back what anybody fetched from it.
struct RecoverPublicTests {
    /// A store that closed days over two months, and a backup from before most of them.
    private struct Loss {
        let whole: Deployment
        let restored: Deployment
        let today: Day
        let months: [[UInt8]]

        init() async throws {
            let whole = try Deployment(today: "2026-03-28")
            try await whole.accept(try Samples.text())
            try whole.closePast(whole.today.adding(1))
            let backup = try Deployment(copyOf: whole)
            let today = whole.today.adding(8)
            try whole.closePast(today)
            restored = try backup.restored(markedBy: whole)
            months = try ["2026-04", "2026-03"].map { name in
                let month = try #require(Month(text: [UInt8](name.utf8)))
                return try #require(whole.store.publication.month(month, today: today))
            }
            self.whole = whole
            self.today = today
        }

        func recover(_ months: [[UInt8]], checkpoints: [UInt8]? = nil) throws -> RecoveryReport {
            try restored.store.recover(
                checkpoints: checkpoints ?? whole.store.publication.checkpoints,
                months: months,
                today: today,
                logKey: restored.logKey,
                mark: restored.mark
            )
        }
    }

    @Test func `closes that no desk took come back from the public months`() async throws {
        let loss = try await Loss()
        let report = try loss.recover(loss.months)
        #expect(report.behind == nil)
        #expect(report.bundle == nil)
        #expect(try loss.restored.leaves() == loss.whole.leaves())
        #expect(try loss.restored.checkpoints() == loss.whole.checkpoints())
        #expect(try loss.restored.closePast(loss.today.adding(1)).map(\.day) == [loss.today])
        _ = try loss.restored.check()
    }

    @Test func `the newest month alone is enough where it joins on`() async throws {
        let loss = try await Loss()
        _ = try loss.recover(loss.months)
        #expect(try loss.recover([loss.months[0]]).leaves == 0)
    }

    @Test func `public files that are not this log's are refused by name`() async throws {
        let loss = try await Loss()
        let stranger = try Deployment(today: "2026-03-28")
        try stranger.closePast(stranger.today.adding(8))
        let other = stranger.store.publication.checkpoints
        var cut = loss.months
        cut[0] = [UInt8](cut[0].dropLast(Leaf.count))
        var garbled = loss.months
        garbled[0][0] ^= 1
        let table: [([[UInt8]], [UInt8]?, RefusedLeaves)] = [
            ([], nil, .noMonth),
            (garbled, nil, .month(.wrongMagic)),
            (cut, nil, .file(.wrongRoot)),
            ([loss.months[1]], nil, .file(.wrongRoot)),
            (loss.months, [1, 2, 3], .checkpointList),
            (loss.months, other, .checkpoint(.notSigned)),
        ]
        let before = try loss.restored.contents()
        for (months, checkpoints, reason) in table {
            #expect(throws: StoreError.leaves(reason)) {
                _ = try loss.recover(months, checkpoints: checkpoints)
            }
        }
        #expect(throws: StoreError.self, "a later month alone does not join on") {
            _ = try loss.recover([loss.months[0]])
        }
        #expect(try loss.restored.contents() == before)
    }

    @Test func `a wrong log key is said to be one, not a fault of the files`() async throws {
        let loss = try await Loss()
        #expect(throws: StoreError.otherLogKey) {
            _ = try loss.restored.store.recover(
                checkpoints: loss.whole.store.publication.checkpoints,
                months: loss.months,
                today: loss.today,
                logKey: .random(deployment: Deployment.name),
                mark: loss.restored.mark
            )
        }
    }
}
