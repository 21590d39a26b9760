/// The lines of a text format, taken one by one, counted for whoever must mend them.
struct NumberedLines {
    private var left: ArraySlice<[UInt8]>
    /// How many were taken; the number of the line taken last.
    private(set) var taken = 0

    /// Cuts a text at LF; a text that does not end in one has no lines.
    init(_ text: [UInt8]) {
        let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
            .map { [UInt8]($0) }
        left = text.last == 0x0A ? lines.dropLast() : []
    }

    var isAtEnd: Bool { left.isEmpty }

    /// The line that comes next, which stays.
    var peeked: [UInt8]? { left.first }

    mutating func next() -> [UInt8]? {
        taken += 1
        return left.popFirst()
    }

    func begins(with start: [UInt8]) -> Bool {
        left.first?.starts(with: start) ?? false
    }

    /// What stands between single spaces.
    static func words(_ line: [UInt8]) -> [[UInt8]] {
        line.split(separator: 0x20, omittingEmptySubsequences: false).map { [UInt8]($0) }
    }
}
