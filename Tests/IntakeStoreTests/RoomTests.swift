import SealedIntake
import Synchronization
import Testing

@testable import IntakeStore

/// The only stop is the disk, and the operator hears of it before.
struct RoomTests {
    /// A file system whose room a test changes.
    final class Disk: Sendable {
        private let free: Mutex<UInt64?>

        init(_ free: UInt64?) { self.free = Mutex(free) }

        func set(_ bytes: UInt64?) { free.withLock { $0 = bytes } }

        var surroundings: Surroundings {
            var surroundings = Surroundings()
            surroundings.freeBytes = { _ in self.free.withLock { $0 } }
            return surroundings
        }
    }

    private static let least = Limits().leastFreeBytes

    @Test func `below the least nothing is taken, and the challenge says so`() async throws {
        let disk = Disk(Self.least)
        let deployment = try Deployment(surroundings: disk.surroundings)
        let noon = deployment.noon()
        let text = try Samples.text()
        #expect(try await deployment.accept(text) == .stored(deployment.today))
        disk.set(Self.least - 1)
        // What was seen in this second stands for it.
        #expect(try await deployment.accept(try Samples.text()) == .stored(deployment.today))
        let store = deployment.store
        #expect(try await store.accept(try Samples.text(), at: noon + 1) == .noRoom)
        #expect(try await store.accept(try Samples.text(isCover: true), at: noon + 1) == .noRoom)
        #expect(try await store.accept(text, at: noon + 1) == .known(deployment.today))
        #expect(try store.challenge(at: noon + 1).isTextClosed)
        disk.set(Self.least)
        let later = try await store.accept(try Samples.text(), at: noon + 2)
        #expect(later == .stored(deployment.today))
        #expect(try !store.challenge(at: noon + 2).isTextClosed)
    }

    @Test func `a file system that does not say how full it is closes nothing`() async throws {
        let deployment = try Deployment(surroundings: Disk(nil).surroundings)
        #expect(try await deployment.accept(try Samples.text()) == .stored(deployment.today))
    }

    @Test func `the free bytes of a real file system are found, of none are not`() throws {
        let deployment = try Deployment()
        #expect(try #require(FreeSpace.measure(deployment.path)) > 0)
        #expect(FreeSpace.measure("/nowhere/at/all") == nil)
    }

    @Test func `the operator is told at start, once when it gets tight and once when well again`()
        throws
    {
        var warnings = OperatorWarnings(leastBytes: Self.least)
        func said(_ bytes: UInt64?) -> [String] {
            warnings.lines(freeBytes: bytes, busy: [], hour: 5)
        }
        let gibibyte: UInt64 = 1 << 30
        #expect(
            said(19 * gibibyte) == [
                "19456 MiB are free on the disk of the store, "
                    + "it should be 20480 MiB when the server starts"
            ]
        )
        #expect(said(19 * gibibyte).isEmpty)
        #expect(
            said(2 * gibibyte - 1) == [
                "2047 MiB are free on the disk of the store, below 1024 MiB nothing is taken"
            ]
        )
        #expect(said(gibibyte).isEmpty)
        #expect(said(nil).isEmpty)
        #expect(
            said(2 * gibibyte) == [
                "2048 MiB are free on the disk of the store, that is enough again"
            ]
        )
        var ample = OperatorWarnings(leastBytes: Self.least)
        #expect(ample.lines(freeBytes: 20 * gibibyte, busy: [], hour: 5).isEmpty)
    }

    @Test func `half of what raises the work is one line an hour, with names and no number`()
        throws
    {
        var warnings = OperatorWarnings(leastBytes: Self.least)
        let busy = [try "nl-vi".id, try "helpdesk".id]
        func said(_ busy: [OrganisationID], _ hour: UInt32) -> [String] {
            warnings.lines(freeBytes: nil, busy: busy, hour: hour)
        }
        let line = "half of what raises the work came within a day for: nl-vi, helpdesk"
        #expect(said(busy, 7) == [line])
        #expect(said(busy, 7).isEmpty)
        #expect(said([], 8).isEmpty)
        #expect(said(busy, 9) == [line])
    }
}
