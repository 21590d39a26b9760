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
    typealias Answer = Result<Acceptance, any Error>

    private struct Waiting: Sendable {
        let incoming: Incoming
        let day: Day
        /// Of its body's row.
        let id: Int64
        let answer: @Sendable (Answer) -> Void
    }

    /// A row that was refused where nothing but the whole batch can be undone.
    private struct RefusedRowError: Refusal {
        let clause = "a row was refused"
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

    /// Stores one submission that came on `day`, or says why not, on a thread that must not wait:
    /// ``StoreError/overloaded`` at once when too much waits already.
    func take(_ incoming: Incoming, day: Day, answer: @escaping @Sendable (Answer) -> Void) {
        let waiting = Waiting(incoming: incoming, day: day, id: randomID(), answer: answer)
        switch enqueue(waiting) {
        case .full: answer(.failure(StoreError.overloaded))
        case .waits: break
        case .first: pool.asyncWriteWithoutTransaction(commitBatch)
        }
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
        for (item, answer) in zip(batch, answers) { item.answer(answer) }
        let isMore = state.withLock { state in
            state.isScheduled = !state.waiting.isEmpty
            return state.isScheduled
        }
        if isMore { pool.asyncWriteWithoutTransaction(commitBatch) }
    }

    private func takeBatch() -> [Waiting] {
        state.withLock { state in
            var batch: [Waiting] = []
            if state.waiting.count <= Self.largestBatch {
                swap(&batch, &state.waiting)
            } else {
                batch = [Waiting](state.waiting.prefix(Self.largestBatch))
                state.waiting.removeFirst(batch.count)
            }
            state.waitingBytes -= batch.reduce(0) { $0 + $1.incoming.byteCount }
            return batch
        }
    }

    /// Nearly always no row is refused: so nothing is set up to undo a single one, and where one is
    /// refused the batch is undone and done again, each in a savepoint of its own.
    private func commit(_ batch: [Waiting], in database: Database) -> [Answer] {
        do {
            return try storing {
                do {
                    return try store(batch, inSavepoints: false, in: database)
                } catch is RefusedRowError {
                    return try store(batch, inSavepoints: true, in: database)
                }
            }
        } catch {
            return batch.map { _ in .failure(error) }
        }
    }

    /// Stores a batch in one transaction.
    private func store(
        _ batch: [Waiting],
        inSavepoints: Bool,
        in database: Database
    ) throws -> [Answer] {
        var answers: [Answer] = []
        try database.inTransaction(.immediate) {
            let open = try House.openDay(in: database)
            var covers: [Waiting] = []
            for item in batch {
                let answer = try store(item, open, inSavepoint: inSavepoints, in: database)
                if case .success(.stored) = answer, item.incoming.isCover { covers.append(item) }
                answers.append(answer)
            }
            // At the end, so that each of a batch has written pages of its own.
            for cover in covers { try Inbox(database).forget(cover.incoming, id: cover.id) }
            return .commit
        }
        return answers
    }

    /// Stores one; in a savepoint, what goes wrong with it alone undoes nothing but itself.
    private func store(
        _ item: Waiting,
        _ openDay: Day,
        inSavepoint: Bool,
        in database: Database
    ) throws -> Answer {
        let incoming = item.incoming
        let inbox = Inbox(database)
        if let known = try inbox.known(incoming) { return .success(known) }
        let day = max(item.day, openDay)
        do {
            if inSavepoint {
                try database.inSavepoint {
                    try inbox.store(incoming, day: day, id: item.id)
                    return .commit
                }
            } else {
                try inbox.store(incoming, day: day, id: item.id)
            }
        } catch let error as DatabaseError {
            guard inSavepoint else { throw RefusedRowError() }
            guard database.isInsideTransaction else { throw error }
            return .failure(StoreError.database(error.message ?? "a row was refused"))
        }
        return .success(.stored(incoming.envelopeClass == .piece ? openDay : day))
    }
}
