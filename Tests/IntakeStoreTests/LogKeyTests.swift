import SealedIntake
import Testing

@testable import IntakeStore

/// A log that is signed on with a second key.
struct LogKeyTests {
    private func listing(_ keys: [LogKey], in deployment: Deployment) throws -> String {
        let lines = keys.map { "log \($0.verifierKey.text.string)\n" }.joined()
        let text = try deployment.directory(["nl-vi", "helpdesk"], serial: 2)
        let own = "log \(deployment.logKey.verifierKey.text.string)\n"
        return text.replacing(own, with: lines)
    }

    private func close(_ deployment: Deployment, _ key: LogKey, on day: Day) throws {
        _ = try deployment.store.closeNow(today: day, logKey: key, mark: deployment.mark)
    }

    @Test func `a listed successor signs on, and what was signed before still holds`() throws {
        let deployment = try Deployment()
        try deployment.closeNow()
        let next = LogKey.random(deployment: Deployment.name).succeeding(deployment.logKey)
        try deployment.install(try listing([next, deployment.logKey], in: deployment))
        try close(deployment, next, on: deployment.today.adding(1))
        let newest = try deployment.store.pool.read { try StoredCheckpoint.newest(in: $0) }
        #expect(try newest.note.signers(among: [next.verifierKey]) == [next.verifierKey])
        let report = try deployment.store.check(
            logKey: next,
            roots: deployment.roots,
            mark: deployment.mark
        )
        #expect(report.checkpoints == 4)
    }

    @Test func `the key before is refused once its successor signed`() throws {
        let deployment = try Deployment()
        let next = LogKey.random(deployment: Deployment.name).succeeding(deployment.logKey)
        try deployment.install(try listing([next, deployment.logKey], in: deployment))
        try close(deployment, next, on: deployment.today)
        #expect(throws: StoreError.otherLogKey) { try deployment.closeNow() }
    }

    @Test func `a successor that no directory lists signs nothing`() throws {
        let deployment = try Deployment()
        let next = LogKey.random(deployment: Deployment.name).succeeding(deployment.logKey)
        let before = try deployment.contents()
        #expect(throws: StoreError.logKeyNotListed) {
            try close(deployment, next, on: deployment.today)
        }
        #expect(try deployment.contents() == before)
        try deployment.closeNow()
    }

    @Test func `a stranger's key is refused, also when a directory lists it`() throws {
        let deployment = try Deployment()
        let stranger = LogKey.random(deployment: Deployment.name)
        try deployment.install(try listing([stranger, deployment.logKey], in: deployment))
        #expect(throws: StoreError.otherLogKey) {
            try close(deployment, stranger, on: deployment.today)
        }
    }

    @Test func `the file keeps the keys before, newest first`() throws {
        let first = LogKey.random(deployment: Deployment.name)
        let second = LogKey.random(deployment: Deployment.name).succeeding(first)
        let third = LogKey.random(deployment: Deployment.name).succeeding(second)
        let read = try LogKey(file: third.file, deployment: Deployment.name)
        #expect(read.verifierKeys == third.verifierKeys)
        #expect(read.before == [second.verifierKey, first.verifierKey])
        #expect(third.succeeding(third).before == third.before)
    }

    @Test func `files that are not in their form are refused`() throws {
        let key = LogKey.random(deployment: Deployment.name).succeeding(
            .random(deployment: Deployment.name)
        )
        let good = key.file
        let other = LogKey.random(deployment: [UInt8]("other.test".utf8)).verifierKey.text
        let table: [[UInt8]] = [
            [], [UInt8](good.dropLast()), [UInt8](good.dropFirst()), good + [0x0A],
            good + [UInt8]("before x\n".utf8), good + [UInt8]("after \n".utf8),
            good + [UInt8]("before ".utf8) + other + [0x0A],
            [UInt8]("sealedintake/v1/log-key QUJD\n".utf8),
        ]
        for bad in table {
            #expect(throws: StoreError.otherLogKey, "\(bad.string)") {
                _ = try LogKey(file: bad, deployment: Deployment.name)
            }
        }
    }
}
