import GRDB
import SealedIntake
import Synchronization

/// Keeps how far time is explained, while the process runs.
///
/// It grows with the time that passed by a clock that nobody sets, and with what the store learns.
final class Timekeeper: Sendable {
    private struct State {
        var explained: UInt64 = 0
        /// The running clock when that was so.
        var since: UInt64
    }

    private let file: TimeFile
    private let running: @Sendable () -> UInt64
    private let state: Mutex<State>

    /// `running` counts seconds whatever is done to the clock.
    init(file: TimeFile, running: @escaping @Sendable () -> UInt64) {
        self.file = file
        self.running = running
        state = Mutex(State(since: running()))
    }

    /// How far time is explained now, in seconds of Unix time.
    var explained: UInt64 { learn(0) }

    /// Takes up what explains more, and says how far time is explained now.
    @discardableResult
    func learn(_ seconds: UInt64) -> UInt64 {
        state.withLock { state in
            let now = max(running(), state.since)
            state.explained = max(state.explained + (now - state.since), seconds)
            state.since = now
            return state.explained
        }
    }

    /// Writes down how far time is explained now.
    /// - Throws: ``FileError``.
    func writeDown() throws {
        try file.write(max(Stamp.hour(of: explained), file.hour ?? 0))
    }

    /// What is written down, or was signed by others with a day on it, in seconds of Unix time: of
    /// a day nobody knows the hour, it explains until its noon.
    ///
    /// A close of our own explains nothing, as it went by the same clock; but where nothing is
    /// written down, as in a store of an older program, the afternoon of the day that is open.
    func known(in database: Database) throws -> UInt64 {
        let directory = (try? InstalledDirectory.newest(in: database))?.directory
        let cosigned = try directory.map { try Self.cosigned($0, in: database) } ?? []
        let days = [directory?.issued].compactMap { $0 } + cosigned
        let signed = days.max().map { UInt64($0.number) * UnixTime.day + UnixTime.day / 2 } ?? 0
        let open = try House.openDay(in: database).number * UnixTime.hoursOfDay
        return max(signed, UInt64(file.hour ?? open + Self.afternoon) * UnixTime.hour)
    }

    private static let afternoon: UInt32 = 14

    /// The days on which desks cosigned what they acknowledged last.
    private static func cosigned(_ directory: Directory, in database: Database) throws -> [Day] {
        try directory.organisations.compactMap { organisation in
            let note = try Acknowledgement.fetch(organisation.id, in: database)?.note
            return try? note?.cosigned(by: organisation.deskKeys)
        }
    }
}
