import Foundation
import SealedIntake
import Synchronization

/// Posts submissions over a number of connections, each the next as soon as the last was
/// answered, and prints `count seconds p50-ms p99-ms`; ends with 1 when one was not answered 201.
///
/// Usage: `LoadSubmissions PORT CONNECTIONS ORGANISATIONS COUNT`.
@main
struct LoadSubmissions {
    static func main() throws {
        let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        guard numbers.count == 4, let port = UInt16(exactly: numbers[0]) else {
            print("usage: LoadSubmissions PORT CONNECTIONS ORGANISATIONS COUNT")
            exit(64)
        }
        let (connections, organisations, count) = (numbers[1], numbers[2], numbers[3])
        let requests = try (0..<count).map { try request(organisation: $0 % organisations) }
        let next = Atomic<Int>(0)
        let refused = Atomic<Int>(0)
        let latencies = Mutex<[Double]>([])
        let clock = ContinuousClock()
        let duration = clock.measure {
            onThreads(connections) {
                guard let connection = Connection(port: port) else {
                    refused.add(1, ordering: .relaxed)
                    return
                }
                var own: [Double] = []
                while true {
                    let index = next.add(1, ordering: .relaxed).oldValue
                    guard index < count else { break }
                    let start = clock.now
                    let status = connection.exchange(requests[index])
                    own.append((clock.now - start) / .milliseconds(1))
                    if status != 201 { refused.add(1, ordering: .relaxed) }
                }
                latencies.withLock { $0 += own }
            }
        }
        let sorted = latencies.withLock { $0.sorted() }
        let p50 = sorted[sorted.count / 2]
        let p99 = sorted[sorted.count * 99 / 100]
        print(count, duration / .seconds(1), p50, p99)
        guard refused.load(ordering: .relaxed) == 0 else {
            print("not answered 201: \(refused.load(ordering: .relaxed))")
            exit(1)
        }
    }

    /// Runs `body` on so many threads at once and waits for all of them.
    private static func onThreads(_ count: Int, _ body: @escaping @Sendable () -> Void) {
        let group = DispatchGroup()
        for _ in 0..<count {
            group.enter()
            Thread {
                body()
                group.leave()
            }.start()
        }
        group.wait()
    }

    private static let envelope: [UInt8] = {
        let key = SealingKeyPair.random().publicKey
        let plaintext = [UInt8](repeating: 0, count: EnvelopeClass.text.plaintextSize)
        return Envelope.text(plaintext, to: key, second: .decoy).bytes
    }()

    /// A whole HTTP request; the envelope's wraps differ so that no two are the same.
    private static func request(organisation: Int) throws -> [UInt8] {
        guard let id = OrganisationID(ascii: [UInt8]("b\(organisation + 100)".utf8)) else {
            preconditionFailure("the id of an organisation of ours")
        }
        let wraps = VaultKey.randomBytes(160)
        let bytes = envelope.prefix(8) + wraps + envelope.dropFirst(168)
        let submission = Submission(
            organisation: id,
            tag: .random(),
            stamp: .random(),
            envelope: try Envelope(bytes: [UInt8](bytes), expecting: .text)
        )
        let head =
            "POST /v1/envelopes HTTP/1.1\r\nHost: bench.example\r\n"
            + "Content-Type: application/octet-stream\r\nContent-Length: \(submission.bytes.count)\r\n\r\n"
        return [UInt8](head.utf8) + submission.bytes
    }
}
