/// A calm table: columns two spaces apart, the heading underlined by nothing but its place.
public struct TextTable: Sendable {
    /// How a cell stands out where there are colours.
    public enum Emphasis: Sendable {
        case plain
        case strong
        case urgent
        case faint

        /// The terminal's code for it.
        var code: String {
            switch self {
            case .plain: "0"
            case .strong: "1"
            case .urgent: "1;31"
            case .faint: "2"
            }
        }
    }

    /// A column: its heading, and the least width to which it may be cut.
    public struct Column: Sendable {
        let heading: String
        let least: Int?

        /// A column that is never cut.
        public static func fixed(_ heading: String) -> Column {
            Column(heading: heading, least: nil)
        }

        /// A column that gives way when the terminal is narrow.
        public static func flexible(_ heading: String, least: Int) -> Column {
            Column(heading: heading, least: least)
        }
    }

    private static let space = 2

    private let columns: [Column]
    private var rows: [(cells: [String], emphasis: Emphasis, note: String?)] = []

    /// A table without rows.
    public init(_ columns: [Column]) {
        self.columns = columns
    }

    /// Appends a row, with a note on lines of its own below; all is ``Printable`` already.
    public mutating func add(
        _ cells: [String],
        _ emphasis: Emphasis = .plain,
        note: String? = nil
    ) {
        precondition(cells.count == columns.count)
        rows.append((cells, emphasis, note))
    }

    /// The lines, none longer than `width` where the fixed columns leave room.
    public func lines(width: Int, colours: Bool) -> [String] {
        let widths = widths(within: width)
        let heading = line(columns.map(\.heading), widths)
        let body = rows.flatMap { row in
            let note = row.note.map { TextWrap.lines($0, width: width - 2) } ?? []
            return ([line(row.cells, widths)] + note.map { "  " + $0 }).map {
                Self.emphasised($0, row.emphasis, colours: colours)
            }
        }
        return [Self.emphasised(heading, .strong, colours: colours)] + body
    }

    /// Text in an emphasis, or plain where there are no colours.
    public static func emphasised(
        _ text: String,
        _ emphasis: Emphasis,
        colours: Bool
    ) -> String {
        guard colours, case let code = emphasis.code, code != "0" else { return text }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        for (place, cell) in cells.enumerated() {
            let cut = TextWrap.cut(cell, width: widths[place])
            line += cut
            guard place < cells.count - 1 else { break }
            let gap = widths[place] - TextWidth.of(cut) + Self.space
            line += String(repeating: " ", count: gap)
        }
        while line.last == " " { line.removeLast() }
        return line
    }

    /// As wide as the widest cell; then the widest flexible column gives way until all fits.
    private func widths(within width: Int) -> [Int] {
        var widths = columns.enumerated().map { place, column in
            rows.map { TextWidth.of($0.cells[place]) }.reduce(TextWidth.of(column.heading), max)
        }
        let spaces = Self.space * (columns.count - 1)
        while widths.reduce(spaces, +) > width {
            let candidates = columns.indices.filter { widths[$0] > columns[$0].least ?? .max }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
        }
        return widths
    }
}
