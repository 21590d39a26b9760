import SealedIntake

/// What the operator is told while the server runs: of the disk and of the load, nothing of
/// callers.
public struct OperatorWarnings: Sendable {
    /// What should be free when the server starts, in bytes: about as much as twenty core-hours of
    /// work fill at the first hour's price.
    static let ampleBytes: UInt64 = 20 * gibibyte

    private static let gibibyte: UInt64 = 1_073_741_824

    private let leastBytes: UInt64
    private var hasLooked = false
    private var isTight = false
    private var hour: UInt32?

    /// For a store that takes nothing below so many free bytes.
    public init(leastBytes: UInt64) {
        self.leastBytes = leastBytes
    }

    /// The lines to say now, most often none.
    public mutating func lines(
        freeBytes: UInt64?,
        busy: [OrganisationID],
        hour: UInt32
    ) -> [String] {
        defer { hasLooked = true }
        return (freeBytes.map { space($0) } ?? []) + load(busy, hour)
    }

    /// At start where less than ample is free; then once below twice the least, and once when it
    /// is well again.
    private mutating func space(_ free: UInt64) -> [String] {
        let size = "\(free / (Self.gibibyte / 1024)) MiB are free on the disk of the store"
        let isLow = free < 2 * leastBytes
        defer { isTight = isLow }
        if isLow, !isTight {
            return ["\(size), below \(leastBytes / (Self.gibibyte / 1024)) MiB nothing is taken"]
        }
        if !isLow, isTight { return ["\(size), that is enough again"] }
        guard !hasLooked, free < Self.ampleBytes else { return [] }
        return ["\(size), it should be 20480 MiB when the server starts"]
    }

    /// One line an hour at most.
    private mutating func load(_ busy: [OrganisationID], _ now: UInt32) -> [String] {
        guard !busy.isEmpty, hour != now else { return [] }
        hour = now
        let names = busy.map(\.description).joined(separator: ", ")
        return ["half of what raises the work came within a day for: \(names)"]
    }
}
