import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// What other organisations do not collect: held, counted, told, and unopened.
@Suite struct WaitingElsewhereTests {
    let scene: ReleaseScene

    init() throws {
        scene = try ReleaseScene()
    }

    @Test func `what waits elsewhere is held unopened, counted and told`() throws {
        scene.logOverdue([try scene.write(), try scene.write("nog een", slot: 8, kind: .followUp)])
        let outcome = try scene.house.take(scene.house.second)
        #expect(outcome.messages == 0)
        #expect(outcome.unreadable == 0)
        #expect(outcome.waiting == 2)
        let waiting = try #require(outcome.waitingElsewhere.first)
        #expect(waiting.organisation == scene.house.first)
        #expect(waiting.since == TestHouse.today.adding(1))
        #expect(
            waiting.text == "at most 2 messages wait at Vertrouwensinspecteurs (nl-vi), since "
                + "\(String(utf8: TestHouse.today.adding(1).text)); only the person who wrote one can "
                + "open it here"
        )
        #expect(
            try scene.house.desk(scene.house.second).waitingElsewhere() == outcome.waitingElsewhere
        )
        #expect(try scene.views().isEmpty)
        #expect(outcome.cosigned == UInt64(scene.house.server.leaves.count))
    }

    @Test func `it waits no longer once its own organisation acknowledged it`() throws {
        scene.logOverdue([try scene.write(), try scene.write("nog een", slot: 8, kind: .followUp)])
        #expect(try scene.house.take(scene.house.second).waiting == 2)
        let first = try #require(scene.house.server.leaves.firstIndex { $0.type == .submission })
        let from = scene.house.server.leaves.count
        scene.house.server.append(
            .acknowledgement(scene.house.first, size: UInt64(first + 1), digest: Digest(of: []))
        )
        scene.house.server.close(scene.overdueDay.adding(1))
        #expect(try scene.house.take(scene.house.second, from: from).waiting == 1)
        let next = scene.house.server.leaves.count
        scene.house.server.append(
            .acknowledgement(scene.house.second, size: UInt64(next), digest: Digest(of: []))
        )
        scene.house.server.close(scene.overdueDay.adding(2))
        #expect(try scene.house.take(scene.house.second, from: next).waiting == 1)
    }

    @Test func `who acknowledged all before it has not picked it up`() throws {
        scene.logOverdue([try scene.write()])
        let first = try #require(scene.house.server.leaves.firstIndex { $0.type == .submission })
        for (size, waiting) in [(first, 1), (first + 1, 0)] {
            scene.house.server.append(
                .acknowledgement(scene.house.first, size: UInt64(size), digest: Digest(of: []))
            )
            scene.house.server.close(scene.overdueDay.adding(1))
            #expect(try scene.house.take(scene.house.second).waiting == waiting, "\(size)")
        }
    }

    @Test func `an acknowledgement that goes back lets nothing wait again`() throws {
        let sent = try scene.write()
        for size in [scene.house.server.leaves.count, 1] {
            scene.house.server.append(
                .acknowledgement(scene.house.first, size: UInt64(size), digest: Digest(of: []))
            )
        }
        scene.logOverdue([sent])
        #expect(try scene.house.take(scene.house.second).waiting == 0)
    }

    @Test func `what was acknowledged before it was called overdue does not wait`() throws {
        let sent = try scene.write()
        scene.house.server.append(
            .acknowledgement(
                scene.house.first,
                size: UInt64(scene.house.server.leaves.count),
                digest: Digest(of: [])
            )
        )
        scene.logOverdue([sent])
        #expect(try scene.house.take(scene.house.second).waiting == 0)
    }

    @Test func `an origin this desk does not hold is counted all the same`() throws {
        let sent = TestReporter.Sent(
            tag: .random(),
            envelope: VaultKey.randomBytes(EnvelopeClass.text.size)
        )
        scene.logOverdue([sent])
        let waiting = try #require(try scene.house.take(scene.house.second).waitingElsewhere.first)
        #expect(waiting.organisation == nil)
        #expect(waiting.count == 1)
        #expect(waiting.since == scene.overdueDay)
        #expect(waiting.text.contains("at an organisation not known here"))
    }
}
