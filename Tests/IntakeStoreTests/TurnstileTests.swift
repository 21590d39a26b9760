import Foundation
import Synchronization
import Testing

@testable import IntakeStore

/// Stamps are looked at a few at a time, in the order they came, and no more wait than may.
struct TurnstileTests {
    /// Work that waits until it is let go on.
    private final class Held: Sendable {
        private let gate = DispatchSemaphore(value: 0)
        let order = Mutex<[Int]>([])

        func work(_ number: Int) -> @Sendable () -> Result<Int, any Error> {
            { [self] in
                order.withLock { $0.append(number) }
                gate.wait()
                return .success(number)
            }
        }

        func letGo(_ count: Int) { for _ in 0..<count { gate.signal() } }
    }

    @Test func `no more run at once than may, the others follow in their order`() async throws {
        let turnstile = Turnstile(width: 2, limit: 10)
        let held = Held()
        try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<6 {
                group.addTask { try await turnstile.run(held.work(number)) }
                while turnstile.load < number + 1 { await Task.yield() }
            }
            #expect(turnstile.load == 6)
            while held.order.withLock({ $0.count }) < 2 { await Task.yield() }
            #expect(held.order.withLock { $0.sorted() } == [0, 1])
            held.letGo(6)
            let done = try await group.reduce(into: Set()) { $0.insert($1) }
            #expect(done == Set(0..<6))
        }
        let order = held.order.withLock { $0 }
        #expect(Set(order[..<2]) == [0, 1])
        // Two take from one queue, so neighbours may be written down the other way round.
        for (place, number) in order.enumerated() { #expect(abs(place - number) <= 1) }
        #expect(turnstile.load == 0)
    }

    @Test func `more than may wait are refused at once, and room comes again`() async throws {
        let turnstile = Turnstile(width: 1, limit: 2)
        let held = Held()
        try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<3 {
                group.addTask { try await turnstile.run(held.work(number)) }
                while turnstile.load < number + 1 { await Task.yield() }
            }
            await #expect(throws: StoreError.overloaded) {
                _ = try await turnstile.run(held.work(3))
            }
            held.letGo(4)
            try await group.waitForAll()
        }
        #expect(try await turnstile.run(held.work(4)) == 4)
    }

    @Test func `thousands go through with few that wait`() async throws {
        let turnstile = Turnstile(width: 2, limit: 3000)
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<3000 {
                group.addTask { try await turnstile.run { .success(number) } }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == 3000 * 2999 / 2)
        #expect(turnstile.load == 0)
    }
}
