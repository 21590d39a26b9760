import SealedIntake
import Testing

@testable import IntakeStore

/// Promises are signed by a key of their own, which the directory lists.
struct PromiseKeyTests {
    private let key = PromiseKey.random(deployment: Deployment.name)

    private func promise(_ deployment: Deployment) throws -> SubmissionPromise {
        SubmissionPromise(
            origin: Deployment.name,
            day: deployment.today,
            for: try Samples.text()
        )
    }

    @Test func `a promise verifies under the promise keys and not under the log's`() throws {
        let deployment = try Deployment()
        let directory = try #require(deployment.store.publication.directory?.directory)
        let promise = try promise(deployment)
        let note = deployment.promiseKey.note(promise)
        let read = try SubmissionPromise(
            note: note,
            origin: Deployment.name,
            promiseKeys: directory.promiseKeys
        )
        #expect(read == promise)
        #expect(throws: NoteError.notSigned) {
            _ = try SubmissionPromise(
                note: note,
                origin: Deployment.name,
                promiseKeys: directory.logKeys
            )
        }
        #expect(String(decoding: key.verifierKey.name, as: UTF8.self) == "promise.intake.test")
    }

    @Test func `a server whose key the directory does not list signs no promise`() throws {
        let deployment = try Deployment()
        try deployment.store.check(deployment.promiseKey)
        #expect(throws: StoreError.promiseKeyNotListed) { try deployment.store.check(key) }
    }

    @Test func `before there is a directory every key will do`() throws {
        let deployment = try Deployment()
        let path = deployment.folder.appending(path: "second.sqlite").path
        _ = try Store.create(
            at: path,
            deployment: Deployment.name,
            logKey: deployment.logKey,
            today: deployment.today
        )
        try Store.open(at: path).check(key)
    }

    @Test func `a directory without the promise key is refused`() throws {
        let deployment = try Deployment()
        let text = try deployment.directory(["nl-vi"], serial: 2)
        let note = deployment.rootKeys.sign([UInt8](text.utf8)).bytes
        let refusal = StoreError.promiseKeyNotNamed
        #expect(throws: refusal) {
            try deployment.store.install(
                directory: note,
                roots: deployment.roots,
                logKey: deployment.logKey.verifierKey,
                promiseKey: key.verifierKey,
                today: deployment.today
            )
        }
        try deployment.store.install(
            directory: note,
            roots: deployment.roots,
            logKey: deployment.logKey.verifierKey,
            promiseKey: deployment.promiseKey.verifierKey,
            today: deployment.today
        )
    }

    @Test func `the file keeps the keys before, newest first, and is no log key's`() throws {
        let second = PromiseKey.random(deployment: Deployment.name).succeeding(key)
        let third = PromiseKey.random(deployment: Deployment.name).succeeding(second)
        let read = try PromiseKey(file: third.file, deployment: Deployment.name)
        #expect(read.verifierKey == third.verifierKey)
        #expect(read.before == [second.verifierKey, key.verifierKey])
        #expect(third.succeeding(third).before == third.before)
        #expect(throws: StoreError.otherPromiseKey) {
            _ = try PromiseKey(file: third.file, deployment: [UInt8]("other.test".utf8))
        }
        let logKey = LogKey.random(deployment: Deployment.name)
        #expect(throws: StoreError.otherPromiseKey) {
            _ = try PromiseKey(file: logKey.file, deployment: Deployment.name)
        }
        #expect(throws: StoreError.otherLogKey) {
            _ = try LogKey(file: key.file, deployment: Deployment.name)
        }
    }

    @Test func `files that are not in their form are refused`() {
        let good = key.file
        let table: [[UInt8]] = [
            [], [UInt8](good.dropLast()), [UInt8](good.dropFirst()), good + [0x0A],
            good + [UInt8]("before x\n".utf8),
            [UInt8]("sealedintake/v1/promise-key QUJD\n".utf8),
        ]
        for bad in table {
            #expect(throws: StoreError.otherPromiseKey, "\(bad.string)") {
                _ = try PromiseKey(file: bad, deployment: Deployment.name)
            }
        }
    }
}
