/// Somebody who floods an organisation, reads everything the server says in that hour and the 24
/// that follow, knows of all else that came, and guesses whether one thing more came or not.
///
/// It learns what to look at, and what it means, in the first fifth of its hours; the others are
/// what it is measured by.
struct CountingStranger {
    /// How many texts it sends in each hour; 0 is an hour it does not look at, unless it never
    /// sends any.
    enum Plan: CaseIterable {
        case nothing
        case justBelow
        case bursts
        case steady
        case farAbove
        case adaptive
    }

    /// What comes, or not.
    enum Event {
        case report
        case coversOfAVisit
    }

    let plan: Plan
    let event: Event
    /// How often it reads in an hour.
    let readings: Int

    private struct Hour {
        var sent: Int
        var came: Bool
        /// The least of all readings at its end, and the last one.
        var least: Int
        var last: Int
    }

    /// How many of its guesses it is measured by, and how many of those are right.
    struct Score {
        var guesses = 0
        var right = 0

        var share: Double { Double(right) / Double(guesses) }
        /// The standard deviation of a share of guesses by chance.
        var deviation: Double { 0.5 / Double(guesses).squareRoot() }
    }

    /// Plays so many hours against a house.
    func play(hours: Int, against house: inout some CountingHouse, seed: UInt64) -> Score {
        var chance = Chance(seed: seed)
        var seen: [Hour] = []
        for number in 0..<(hours + 25) {
            let sent = texts(in: number, after: seen)
            _ = house.asked()
            house.take(texts: sent / 2)
            let came = Bool.random(using: &chance)
            if came { bring(to: &house) }
            house.take(texts: sent - sent / 2)
            house.take(covers: 50)
            var (least, last) = (Int.max, 0)
            for _ in 0..<readings {
                last = house.asked()
                least = min(least, last)
            }
            seen.append(Hour(sent: sent, came: came, least: least, last: last))
            house.endHour()
        }
        return measure(seen, hours: hours)
    }

    private func bring(to house: inout some CountingHouse) {
        switch event {
        case .report: house.take(texts: 1)
        case .coversOfAVisit: house.take(covers: 120)
        }
    }

    private func texts(in hour: Int, after seen: [Hour]) -> Int {
        switch plan {
        case .nothing: return 0
        case .justBelow: return hour % 3 == 0 ? 769 : 0
        case .bursts: return hour % 3 == 0 ? 2300 : 0
        case .steady: return 1000
        case .farAbove: return 20_000
        case .adaptive:
            // As much as is read exactly next hour, when the day before does not hide it.
            let day = seen.suffix(23).reduce(0) { $0 + $1.sent + 256 }
            let wanted = max(2100, (day + 2100) / 11 + 50)
            return wanted < 3500 ? wanted : 0
        }
    }

    /// What one hour gives to look at, each a small number: how far it was from what all else
    /// explains.
    private func looks(at place: Int, of seen: [Hour], only wanted: Int? = nil) -> [Int] {
        var looks = [seen[place].last]
        for behind in 1..<Self.lookCount {
            guard wanted.map({ $0 == behind }) ?? true else {
                looks.append(0)
                continue
            }
            let read = seen[place + behind].least
            let load = read > 256 ? Int((Double(read) * 4096).squareRoot().rounded(.up)) : 0
            let known = known(before: place + behind, but: place, of: seen)
            looks.append(load - known + 512)
        }
        return looks.map { max(0, min(Self.largest, $0)) }
    }

    /// The load that all but one event explains, without offsets.
    private func known(before place: Int, but hidden: Int, of seen: [Hour]) -> Int {
        var (sum, newest) = (0, 0)
        for hour in max(0, place - 24)..<place {
            let isKnown = event == .report && seen[hour].came && hour != hidden
            newest = seen[hour].sent + (isKnown ? 1 : 0)
            sum += newest
        }
        return max(newest, (sum + 24 * 255) / 12)
    }

    private func measure(_ seen: [Hour], hours: Int) -> Score {
        let places = (0..<hours).filter { plan == .nothing || seen[$0].sent > 0 }
        let learning = places.prefix(places.count / 5)
        // What is learned in one half is tried in the other: the look that tells most is taken.
        let half = learning.prefix(learning.count / 2)
        let first = tables(of: half, seen)
        let tried = (0..<Self.lookCount).map { look in
            score(of: look, first[look], learning.dropFirst(half.count), seen).right
        }
        let best = tried.indices.max { tried[$0] < tried[$1] } ?? 0
        let table = tables(of: learning, seen)[best]
        return score(of: best, table, places.dropFirst(learning.count), seen)
    }

    /// For each look and value, how much more often something came than not.
    private func tables(of places: ArraySlice<Int>, _ seen: [Hour]) -> [[Int]] {
        let empty = [Int](repeating: 0, count: Self.largest + 1)
        var tables = (0..<Self.lookCount).map { _ in empty }
        for place in places {
            let weight = seen[place].came ? 1 : -1
            for (look, value) in looks(at: place, of: seen).enumerated() {
                tables[look][value] += weight
            }
        }
        return tables
    }

    private func score(
        of look: Int,
        _ table: [Int],
        _ places: ArraySlice<Int>,
        _ seen: [Hour]
    ) -> Score {
        var score = Score()
        for place in places {
            let value = looks(at: place, of: seen, only: look)[look]
            score.guesses += 1
            score.right += (table[value] > 0) == seen[place].came ? 1 : 0
        }
        return score
    }

    private static let largest = 4607
    private static let lookCount = 25
}
