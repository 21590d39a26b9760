import GRDB
import SealedIntake
import Synchronization

/// Lets submissions that come at the same time share a commit.
///
/// Whatever queued while the last commit went to the disk is the next batch: no timer, and one
/// alone waits for nobody. Nobody is answered before the commit is durable. Work runs on the
/// database's own serial queue, so that no thread of the pool for tasks ever waits for a disk;
/// between two batches a close gets its turn.
final class GroupCommit: Sendable {
    private typealias Answer = Result<Acceptance, StoreError>

    private struct Waiting: Sendable {
        let incoming: Incoming
        let day: Day
        let continuation: CheckedContinuation<Answer, Never>
    }

    private struct State: Sendable {
        var waiting: [Waiting] = []
        var waitingBytes = 0
        var isScheduled = false
    }

    /// The most submissions in one commit.
    private static let largestBatch = 256

    private let pool: DatabasePool
    private let limits: Limits
    private let randomID: @Sendable () -> Int64
    private let state = Mutex(State())

    init(pool: DatabasePool, limits: Limits, randomID: @escaping @Sendable () -> Int64) {
        self.pool = pool
        self.limits = limits
        self.randomID = randomID
    }

    /// Stores one submission that came on `day`, or says why not.
    /// - Throws: ``StoreError/overloaded`` at once when too much waits already.
    func accept(_ incoming: Incoming, day: Day) async throws(StoreError) -> Acceptance {
        let answer = await withCheckedContinuation { continuation in
            let waiting = Waiting(incoming: incoming, day: day, continuation: continuation)
            switch enqueue(waiting) {
            case .full: continuation.resume(returning: .failure(.overloaded))
            case .waits: break
            case .first: pool.asyncWriteWithoutTransaction(commitBatch)
            }
        }
        return try answer.get()
    }

    /// How many wait for the next commit.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    private enum Place {
        case full
        case waits
        case first
    }

    private func enqueue(_ item: Waiting) -> Place {
        state.withLock { state in
            let bytes = state.waitingBytes + item.incoming.byteCount
            guard state.waiting.count < limits.waiting, bytes <= limits.waitingBytes else {
                return .full
            }
            state.waiting.append(item)
            state.waitingBytes = bytes
            defer { state.isScheduled = true }
            return state.isScheduled ? .waits : .first
        }
    }

    /// Commits what waits, answers, and comes back while more waits.
    @Sendable private func commitBatch(_ database: Database) {
        let batch = takeBatch()
        let answers = commit(batch, in: database)
        for (item, answer) in zip(batch, answers) { item.continuation.resume(returning: answer) }
        let isMore = state.withLock { state in
            state.isScheduled = !state.waiting.isEmpty
            return state.isScheduled
        }
        if isMore { pool.asyncWriteWithoutTransaction(commitBatch) }
    }

    private func takeBatch() -> [Waiting] {
        state.withLock { state in
            let batch = [Waiting](state.waiting.prefix(Self.largestBatch))
            state.waiting.removeFirst(batch.count)
            state.waitingBytes -= batch.reduce(0) { $0 + $1.incoming.byteCount }
            return batch
        }
    }

    private func commit(_ batch: [Waiting], in database: Database) -> [Answer] {
        var answers: [Answer] = []
        do throws(StoreError) {
            try storing {
                try database.inTransaction(.immediate) {
                    let open = try House.openDay(in: database)
                    var covers: [(Incoming, id: Int64)] = []
                    for item in batch {
                        answers.append(try take(item, openDay: open, &covers, in: database))
                    }
                    // At the end, so that each of a batch has written pages of its own.
                    for cover in covers { try Inbox(database).forget(cover.0, id: cover.id) }
                    return .commit
                }
            }
            return answers
        } catch {
            return batch.map { _ in .failure(error) }
        }
    }

    /// Takes one; what goes wrong with it alone undoes nothing but itself.
    private func take(
        _ item: Waiting,
        openDay: Day,
        _ covers: inout [(Incoming, id: Int64)],
        in database: Database
    ) throws -> Answer {
        let incoming = item.incoming
        let inbox = Inbox(database)
        if let known = try inbox.known(incoming) { return .success(known) }
        let day = max(item.day, openDay)
        let id = randomID()
        var answer = Answer.failure(.database("the submission was not stored"))
        do {
            try database.inSavepoint {
                try inbox.store(incoming, day: day, id: id)
                return .commit
            }
            if incoming.isCover { covers.append((incoming, id)) }
            answer = .success(.stored(incoming.envelopeClass == .piece ? openDay : day))
        } catch let error as DatabaseError where database.isInsideTransaction {
            answer = .failure(.database(error.message ?? "a row was refused"))
        }
        return answer
    }
}
