import Foundation
import GRDB
import SealedIntake
import Testing

@testable import IntakeStore

/// A close is done in pieces: what goes on between them, and what a kill after any of them leaves.
struct ClosePiecesTests {
    /// More than two pieces of bodies.
    private static let many = 150
    /// Directory, reports, fillers of both organisations, end.
    private static let leaves = 1 + many + 2 + 4 + 1

    private func deployment(_ between: Between, batch: Int = 4) throws -> Deployment {
        var surroundings = Surroundings()
        surroundings.rest = { _ in between.run() }
        return try Deployment(
            organisations: ["nl-vi", "helpdesk"],
            batch: batch,
            surroundings: surroundings
        )
    }

    /// Submissions of one day, stored.
    private func stored(_ count: Int = many, in deployment: Deployment) async throws -> [Submission]
    {
        let submissions = try (0..<count).map { _ in try Samples.text() }
        for submission in submissions { try await deployment.accept(submission) }
        return submissions
    }

    private func logged(_ submissions: [Submission], in store: Store) throws -> Int {
        try store.pool.read { database in
            try submissions.reduce(0) { count, submission in
                let query = "SELECT COUNT(*) FROM leaf WHERE type = 1 AND tag = ? AND digest = ?"
                let key: StatementArguments = [
                    Blob(submission.tag), Blob(submission.envelope.digest),
                ]
                return try count + (Int.fetchOne(database, sql: query, arguments: key) ?? 0)
            }
        }
    }

    @Test func `reports are accepted between all pieces of a close, and are in the next`()
        async throws
    {
        let between = Between()
        let deployment = try deployment(between)
        let before = try await stored(in: deployment)
        let tomorrow = deployment.today.adding(1)
        let meanwhile = Kept<[Submission]>([])
        between.set {
            let submission = try Samples.text()
            let answer = deployment.takeNow(submission, on: tomorrow)
            #expect(answer == .stored(tomorrow))
            meanwhile.change { $0.append(submission) }
        }
        let closed = try deployment.closePast(tomorrow)
        between.set(nil)
        let came = meanwhile.value
        #expect(came.count > 10)
        #expect(closed.map(\.submissions) == [Self.many + 2 + 4])
        #expect(try logged(before, in: deployment.store) == Self.many)
        #expect(try logged(came, in: deployment.store) == 0)
        #expect(try deployment.check().waiting == came.count)
        try deployment.closePast(tomorrow.adding(1))
        #expect(try logged(before + came, in: deployment.store) == Self.many + came.count)
        _ = try deployment.check()
    }

    @Test func `killed after any piece, a day is closed whole or not at all, and is by the next`()
        async throws
    {
        let between = Between()
        let deployment = try deployment(between)
        let submissions = try await stored(in: deployment)
        let copies = deployment.folder.appending(path: "killed")
        let count = Kept(0)
        between.set {
            count.change { $0 += 1 }
            try deployment.copyFiles(to: copies.appending(path: "\(count.value)"))
        }
        let tomorrow = deployment.today.adding(1)
        try deployment.closePast(tomorrow)
        between.set(nil)
        #expect(count.value > 10)
        let states = try (1...count.value).map { number in
            try goOn(in: copies.appending(path: "\(number)"), submissions, deployment)
        }
        #expect(Set(states) == [true, false])
    }

    /// Whether the day was closed when the server was killed; closes it where not, and checks all.
    private func goOn(
        in folder: URL,
        _ submissions: [Submission],
        _ deployment: Deployment
    ) throws -> Bool {
        let path = folder.appending(path: "intake.sqlite").path
        let killed = try Store.open(at: path, limits: .withoutStamps)
        let mark = HighWaterMark(path: folder.appending(path: "high-water").path)
        let (key, roots) = (deployment.logKey, try deployment.roots)
        _ = try killed.check(logKey: key, roots: roots, mark: mark)
        let isClosed = try killed.pool.read { try StoredCheckpoint.newest(in: $0).tree.size > 0 }
        #expect((killed.publication.size > 0) == isClosed)
        let tomorrow = deployment.today.adding(1)
        let closed = try killed.closePastDays(today: tomorrow, logKey: key, mark: mark)
        #expect(closed.count == (isClosed ? 0 : 1), "\(folder.lastPathComponent)")
        #expect(try logged(submissions, in: killed) == submissions.count)
        let report = try killed.check(logKey: key, roots: roots, mark: mark)
        #expect(report.waiting == 0 && report.leaves == Self.leaves)
        for table in ["closing", "inbox", "inbox_body"] {
            let query = "SELECT COUNT(*) FROM \(table)"
            #expect(try killed.pool.read { try Int.fetchOne($0, sql: query) } == 0, "\(table)")
        }
        try killed.close()
        return isClosed
    }

    @Test func `the file is as large as what it holds after a close and after what is over goes`()
        async throws
    {
        let deployment = try Deployment(organisations: ["nl-vi"])
        _ = try await stored(400, in: deployment)
        try deployment.store.fold()
        let before = try deployment.fileSize
        try deployment.closePast(deployment.today.adding(1))
        #expect(try Double(deployment.fileSize) < Double(before) * 1.1)
        try deployment.take(deployment.bundle())
        try deployment.closePast(deployment.today.adding(40))
        #expect(try deployment.count("text_body") < 170)
        #expect(try Double(deployment.fileSize) < Double(before) * 0.5)
        _ = try deployment.check()
    }

    @Test func `a directory that comes during a close is in it`() async throws {
        let between = Between()
        let deployment = try deployment(between)
        _ = try await stored(in: deployment)
        let text = try deployment.directory(["nl-vi", "helpdesk"], serial: 2)
        between.doOnce { try deployment.install(text) }
        try deployment.closePast(deployment.today.adding(1))
        #expect(try deployment.leaves().first?.number == 2)
        #expect(try deployment.check().leaves == Self.leaves)
    }

    @Test func `what came to a day that stays open since a close began waits for the next`()
        async throws
    {
        let between = Between()
        let deployment = try deployment(between)
        _ = try await stored(3, in: deployment)
        between.set { _ = deployment.takeNow(try Samples.text(), on: deployment.today) }
        #expect(try deployment.closeNow().map(\.submissions) == [4 + 4])
        between.set(nil)
        #expect(try deployment.check().waiting > 4)
        try deployment.closeNow()
        #expect(try deployment.check().waiting == 0)
    }

    @Test func `what came late to a day that is closed for good is in it`() async throws {
        let between = Between()
        let deployment = try deployment(between)
        _ = try await stored(3, in: deployment)
        between.doOnce { _ = deployment.takeNow(try Samples.text(), on: deployment.today) }
        let closed = try deployment.closePast(deployment.today.adding(1))
        #expect(closed.map(\.submissions) == [4 + 4])
        #expect(try deployment.check().waiting == 0)
    }
}

extension Deployment {
    /// Stores a submission while the calling thread waits.
    fileprivate func takeNow(_ submission: Submission, on day: Day) -> Acceptance? {
        let done = DispatchSemaphore(value: 0)
        let found = Kept<Acceptance?>(nil)
        store.groupCommit.take(Incoming(submission), day: day) { answer in
            found.change { $0 = try? answer.get() }
            done.signal()
        }
        done.wait()
        return found.value
    }

    /// The files as a kill at this moment leaves them.
    fileprivate func copyFiles(to folder: URL) throws {
        let files = FileManager.default
        try files.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in ["intake.sqlite", "intake.sqlite-wal", "high-water"] {
            try files.copyItem(
                at: self.folder.appending(path: name),
                to: folder.appending(path: name)
            )
        }
    }

    fileprivate var fileSize: Int {
        get throws {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            return try #require(attributes[.size] as? Int)
        }
    }
}
