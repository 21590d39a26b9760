import NIOCore
import SealedIntake

/// What one connection may cost.
struct GuardLimits {
    /// Connections that are open at once.
    static let mostConnections = 512

    /// Above this many, those that send next to nothing make room, and slow readers.
    static let crowded = 320

    /// Above this many, whoever sends slowest makes room; so that there is always some.
    static let full = 448

    /// Bytes a second of a text that comes in within its time; in a crowd who sends less goes first.
    static let leastInACrowd = 800.0

    /// Newcomers in one turn of a loop.
    static let comersAtOnce: UInt = 64

    /// Between two looks at a crowd.
    static let sweepPause = TimeAmount.milliseconds(250)

    /// Requests that may wait on one connection; no browser and no proxy lets any wait.
    static let mostUnanswered = 32

    /// Seconds without a request before a connection is closed.
    static let idleSeconds: Int64 = 20

    /// For a whole request to come in: a base, and time for what it declares.
    static func readTime(declaredBytes: Int) -> TimeAmount {
        .seconds(20 + Int64(min(declaredBytes, mostBodyBytes)) / slowestBytesPerSecond)
    }

    /// For an answer to be fetched: a base, and time for its length.
    ///
    /// A month of the log must reach a phone on the slowest line; in a crowd who waits longest
    /// makes room all the same.
    static func answerTime(bytes: Int) -> TimeAmount {
        .seconds(120 + Int64(max(0, bytes)) / slowestFetchedBytesPerSecond)
    }

    /// Before a server that ends lets in nobody more: those who had a connection are taken up.
    static let lastComersTime = TimeAmount.milliseconds(200)

    /// Before a server that ends cuts off whoever is not done, and before it is gone whatever else
    /// goes on: less than what `docs/operating.md` says to systemd.
    static let stopTime = TimeAmount.seconds(24)
    static let stopTimeLeft = TimeAmount.seconds(3)

    /// What is still read after a refusal, so that the refusal arrives.
    static let lingerBytes = 1_048_576
    static let lingerTime = TimeAmount.seconds(2)

    /// What is read at once: a text with its head is one piece and not copied together.
    static let reading = FixedSizeRecvByteBufferAllocator(capacity: 32_768)

    /// Bytes of one body, with what may be lingered over.
    static let mostBodyBytes = Submission.longest + lingerBytes

    /// Bytes of all bodies together that are longer than a text.
    static let mostLongBodyBytes = 6 * 1_048_576

    /// A phone on a bad line, and one that fetches on the worst, 16 kbit/s.
    private static let slowestBytesPerSecond: Int64 = 20_000
    private static let slowestFetchedBytesPerSecond: Int64 = 2_000
}
