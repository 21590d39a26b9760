import SealedIntake
import Synchronization

@testable import IntakeStore

/// What a stranger can ask a server of one organisation's count.
protocol CountingHouse {
    /// Texts that were stored in the hour that runs.
    mutating func take(texts: Int)
    /// Covers that came in the hour that runs.
    mutating func take(covers: Int)
    /// Ends the hour.
    mutating func endHour()
    /// What the challenge says.
    mutating func asked() -> Int
}

/// The real traffic of the server.
struct RealHouse: CountingHouse {
    private let traffic: Traffic
    private let directory: Directory
    private let organisation: OrganisationID
    private var hour: UInt32 = 1000

    init(offset: @escaping @Sendable () -> Int) throws {
        let text = try Deployment(organisations: ["nl-vi"]).directory(["nl-vi"])
        directory = try Directory(text: [UInt8](text.utf8))
        organisation = try "nl-vi".id
        traffic = Traffic(offset: offset)
    }

    mutating func take(texts: Int) { traffic.add(texts, to: organisation, hour: hour, directory) }
    mutating func take(covers: Int) {}
    mutating func endHour() { hour += 1 }
    mutating func asked() -> Int { Int(traffic.asked(hour: hour, directory)[0]) }
}

/// A house that counts covers like texts.
struct CoverCountingHouse: CountingHouse {
    private var house: RealHouse

    init(offset: @escaping @Sendable () -> Int) throws { house = try RealHouse(offset: offset) }

    mutating func take(texts: Int) { house.take(texts: texts) }
    mutating func take(covers: Int) { house.take(texts: covers) }
    mutating func endHour() { house.endHour() }
    mutating func asked() -> Int { house.asked() }
}

/// A house whose offsets are right, but in which the hour that runs counts too.
struct RunningHouse: CountingHouse {
    private var house: RealHouse
    private var running = 0

    init(offset: @escaping @Sendable () -> Int) throws { house = try RealHouse(offset: offset) }

    mutating func take(texts: Int) {
        running += texts
        house.take(texts: texts)
    }

    mutating func take(covers: Int) {}

    mutating func endHour() {
        running = 0
        house.endHour()
    }

    mutating func asked() -> Int { max(house.asked(), min(4096, running * running / 4096)) }
}

/// A house that draws an offset for the last hour whenever it is asked.
struct RedrawingHouse: CountingHouse {
    private var chance: Chance
    private var running = 0
    private var before = 0

    init(seed: UInt64) { chance = Chance(seed: seed) }

    mutating func take(texts: Int) { running += texts }
    mutating func take(covers: Int) {}

    mutating func endHour() {
        before = running
        running = 0
    }

    mutating func asked() -> Int {
        let load = before + Int.random(in: AskedWork.offsets, using: &chance)
        return load > 1024 ? min(4096, load * load / 4096) : 256
    }
}

/// Chance that comes again.
struct Chance: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// The real offsets, from a seed.
    static func offsets(seed: UInt64) -> @Sendable () -> Int {
        let chance = Box(Chance(seed: seed))
        return { chance.value.withLock { Int.random(in: AskedWork.offsets, using: &$0) } }
    }

    private final class Box: Sendable {
        let value: Mutex<Chance>

        init(_ chance: Chance) { value = Mutex(chance) }
    }
}
