import IntakeConsole
import SealedIntake
import Testing

@testable import IntakeStore

/// Installing a directory: signed by the roots, newer, not expired.
struct DirectoryTests {
    private func refusal(_ deployment: Deployment, _ text: String) -> StoreError? {
        #expect(throws: StoreError.self) { try deployment.install(text) }
    }

    @Test func `a later directory takes the place of the earlier one`() throws {
        let deployment = try Deployment()
        try deployment.install(deployment.directory(["nl-vi"], serial: 7))
        #expect(deployment.store.publication.directory?.directory.serial == 7)
        let helpdesk = try "helpdesk".id
        #expect(!deployment.store.publication.names(helpdesk))
    }

    @Test func `the same directory may come again`() throws {
        let deployment = try Deployment()
        try deployment.install(deployment.directory(["nl-vi", "helpdesk"]))
        #expect(try deployment.count("directory") == 1)
    }

    @Test func `an older one, another of the same serial and an expired one are refused`() throws {
        let deployment = try Deployment()
        try deployment.install(deployment.directory(["nl-vi"], serial: 5))
        let before = try deployment.contents()
        let older = try deployment.directory(["nl-vi"], serial: 4)
        #expect(refusal(deployment, older) == .directory(.staleSerial(found: 4, known: 5)))
        let other = try deployment.directory(["helpdesk"], serial: 5)
        #expect(
            refusal(deployment, other)
                == .directory(.contradiction)
        )
        let past = try deployment.directory(["nl-vi"], serial: 6, expires: "2026-03-09")
        #expect(
            refusal(deployment, past)
                == .directory(.expired(try "2026-03-09".day))
        )
        #expect(try deployment.contents() == before)
        let lastDay = try deployment.directory(["nl-vi"], serial: 6, expires: "2026-03-10")
        try deployment.install(lastDay)
    }

    @Test func `a stranger's signature is none`() throws {
        let deployment = try Deployment()
        let text = [UInt8](try deployment.directory(["nl-vi"], serial: 2).utf8)
        let stranger = LogKey.random(deployment: [UInt8]("one.roots".utf8))
        for note in [stranger.signer.note(text), deployment.logKey.signer.note(text)] {
            #expect(throws: StoreError.directory(.tooFewRoots(found: 0, needed: 1))) {
                try deployment.store.install(
                    directory: note.bytes,
                    roots: deployment.roots,
                    logKey: deployment.logKey.verifierKey,
                    today: deployment.today
                )
            }
        }
    }

    @Test func `a directory of another log is refused`() throws {
        let deployment = try Deployment()
        let text = try deployment.directory(["nl-vi"], serial: 2)
        let other = LogKey.random(deployment: Deployment.name)
        #expect(throws: StoreError.logKeyNotNamed) {
            try deployment.store.install(
                directory: deployment.rootKeys.sign([UInt8](text.utf8)).bytes,
                roots: deployment.roots,
                logKey: other.verifierKey,
                today: deployment.today
            )
        }
    }

    @Test func `a store is made once`() throws {
        let deployment = try Deployment()
        #expect(throws: StoreError.exists(deployment.path)) {
            _ = try Store.create(
                at: deployment.path,
                deployment: Deployment.name,
                logKey: deployment.logKey,
                today: deployment.today
            )
        }
        let nowhere = deployment.path + ".nowhere"
        #expect(throws: StoreError.missing(nowhere)) { _ = try Store.open(at: nowhere) }
        #expect(try !PlainFile.exists(nowhere))
    }

    @Test func `a log key survives its file`() throws {
        let key = LogKey.random(deployment: Deployment.name)
        let read = try LogKey(file: key.file, deployment: Deployment.name)
        #expect(read.verifierKey == key.verifierKey)
        for bad in [[], [UInt8](key.file.dropLast()), key.file + [0x0A], [0] + key.file] {
            #expect(throws: StoreError.otherLogKey) {
                _ = try LogKey(file: bad, deployment: Deployment.name)
            }
        }
    }
}
