import SealedIntake
import Synchronization
import Testing

@testable import IntakeStore

/// What an hour asks follows from the hours before it, and from nothing in it.
struct TrafficTests {
    private static let organisations = ["nl-vi", "helpdesk"]

    private func directory(
        _ names: [String] = organisations,
        serial: Int = 1,
        work: UInt16 = 4096
    ) throws -> Directory {
        let text = try Deployment(organisations: Self.organisations)
            .directory(names, serial: serial, work: work)
        return try Directory(text: [UInt8](text.utf8))
    }

    private func add(
        _ count: Int,
        to traffic: Traffic,
        hour: UInt32,
        _ directory: Directory
    )
        throws
    {
        traffic.add(count, to: try "nl-vi".id, hour: hour, directory)
    }

    @Test func `the tries of a load are those of the specification`() throws {
        let directory = try directory(work: 65_535)
        // Loads of one hour, and what the next asks: floor(256 x load x load / 1,048,576).
        let table = [
            (0, 256), (1024, 256), (1025, 256), (1026, 257), (1100, 295), (1500, 549),
            (2048, 1024), (4096, 4096), (4097, 4098), (16_384, 65_535),
        ]
        for (load, tries) in table {
            let traffic = Traffic(before: [try "nl-vi".id: load], offset: { 0 })
            #expect(traffic.asked(hour: 10, directory) == [UInt16(tries), 256], "\(load)")
        }
    }

    @Test func `the directory's work is the most, and the tries of no load at all`() throws {
        let traffic = Traffic(before: [try "nl-vi".id: 100_000], offset: { 0 })
        #expect(traffic.asked(hour: 10, try directory(work: 900)) == [900, 256])
        let little = Traffic(offset: { 511 })
        #expect(little.asked(hour: 10, try directory(work: 100)) == [100, 100])
        let huge = HourCounts(before: .max / 64, work: 4096, offset: { 0 })
        #expect(huge.tries(hoursBack: 0) == 4096)
    }

    @Test func `no text changes what its own hour asks`() throws {
        let directory = try directory()
        let traffic = Traffic(offset: { 0 })
        let before = traffic.asked(hour: 10, directory)
        for _ in 0..<5 {
            try add(1000, to: traffic, hour: 10, directory)
            #expect(traffic.asked(hour: 10, directory) == before)
        }
        #expect(traffic.asked(hour: 11, directory) == [4096, 256])
    }

    @Test func `a day's load raises the work where no hour alone does`() throws {
        let directory = try directory()
        let traffic = Traffic(offset: { 0 })
        for hour in UInt32(0)..<24 {
            #expect(traffic.asked(hour: hour, directory)[0] == 256)
            try add(hour < 23 ? 530 : 1000, to: traffic, hour: hour, directory)
        }
        // (23 x 530 + 1000) / 12 = 1099
        #expect(traffic.asked(hour: 24, directory)[0] == 294)
        // After a day without anything it is forgotten.
        #expect(traffic.asked(hour: 49, directory)[0] == 256)
    }

    @Test func `an offset is drawn once for each hour that is over, also for empty ones`() throws {
        let drawn = Counter()
        let directory = try directory(["nl-vi"])
        let traffic = Traffic(offset: { drawn.next() })
        #expect(traffic.asked(hour: 10, directory) == [256])
        #expect(drawn.value == 24)
        for _ in 0..<100 { _ = traffic.asked(hour: 10, directory) }
        #expect(drawn.value == 24)
        _ = traffic.asked(hour: 13, directory)
        #expect(drawn.value == 27)
        _ = traffic.asked(hour: 1_000_000, directory)
        #expect(drawn.value == 52)
    }

    @Test func `stamps are held to what their own hour asked, for three hours`() throws {
        let directory = try directory()
        let id = try "nl-vi".id
        let traffic = Traffic(offset: { 0 })
        func asked(_ stampHour: UInt32, in hour: UInt32) -> UInt16? {
            traffic.asked(of: id, stampHour: stampHour, hour: hour, directory)
        }
        #expect(asked(10, in: 10) == 256)
        #expect(asked(11, in: 10) == nil)
        try add(2048, to: traffic, hour: 10, directory)
        #expect(asked(10, in: 11) == 256)
        #expect(asked(11, in: 11) == 1024)
        #expect(asked(11, in: 13) == 1024)
        #expect(asked(10, in: 13) == nil)
        #expect(asked(.max, in: 13) == nil)
    }

    @Test func `a directory that lowers work lowers what hours before asked, none raises it`()
        throws
    {
        let id = try "nl-vi".id
        let traffic = Traffic(before: [id: 100_000], offset: { 0 })
        let first = try directory(work: 1000)
        #expect(traffic.asked(hour: 10, first)[0] == 1000)
        let lower = try directory(serial: 2, work: 400)
        #expect(traffic.asked(hour: 10, lower)[0] == 400)
        #expect(traffic.asked(of: id, stampHour: 10, hour: 11, lower) == 400)
        let higher = try directory(serial: 3, work: 4096)
        #expect(traffic.asked(hour: 11, higher)[0] == 400)
    }

    @Test func `an organisation that comes is asked the least, one that goes is forgotten`()
        throws
    {
        let traffic = Traffic(offset: { 0 })
        let both = try directory(serial: 2)
        _ = traffic.asked(hour: 10, try directory(["helpdesk"]))
        #expect(traffic.asked(hour: 10, both) == [256, 256])
        try add(4000, to: traffic, hour: 10, both)
        #expect(traffic.asked(hour: 11, both)[0] > 256)
        let one = try directory(["helpdesk"], serial: 3)
        #expect(traffic.asked(hour: 12, one) == [256])
        let again = try directory(serial: 4)
        #expect(traffic.asked(hour: 12, again) == [256, 256])
    }

    @Test func `a moment read before the hour ended counts for the next one`() throws {
        let directory = try directory()
        let traffic = Traffic(offset: { 0 })
        #expect(traffic.go(to: 10, directory) == 10)
        #expect(traffic.go(to: 11, directory) == 11)
        try add(2048, to: traffic, hour: 10, directory)
        #expect(traffic.asked(hour: 11, directory)[0] == 256)
        #expect(traffic.asked(hour: 12, directory)[0] == 1024)
        // A clock that is set back goes on from there.
        #expect(traffic.go(to: 3, directory) == 3)
        #expect(traffic.asked(hour: 3, directory)[0] == 1024)
        #expect(traffic.asked(hour: 4, directory)[0] == 256)
    }

    @Test func `half of what raises the work of the day is told`() throws {
        let directory = try directory()
        for (count, isTold) in [(3078, false), (3079, true)] {
            let traffic = Traffic(before: [try "nl-vi".id: count + 12], offset: { 255 })
            #expect(traffic.busy(hour: 10, directory) == (isTold ? [try "nl-vi".id] : []))
        }
    }
}

/// Offsets that count how often they are drawn.
final class Counter: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    func next() -> Int {
        count.withLock { count in
            count += 1
            return 0
        }
    }
}
