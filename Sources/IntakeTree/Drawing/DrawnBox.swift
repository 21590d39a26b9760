/// A question, rule or outcome as a box: a head, and a row for each way out.
struct DrawnBox {
    static let width = 300
    static let lineHeight = 17
    static let lettersPerLine = 40

    let id: String
    let kind: String
    let head: [String]
    let rows: [Row]
    var column = 0
    var top = 0

    /// An answer or a case, and where it leads.
    struct Row {
        let lines: [String]
        let target: String
    }

    var height: Int {
        let lines = head.count + rows.reduce(0) { $0 + $1.lines.count }
        return lines * Self.lineHeight + rows.count * 8 + 16
    }

    /// Where a row stands, measured from the top of the box.
    func middle(ofRow number: Int) -> Int {
        let before = rows.prefix(number).reduce(0) { $0 + $1.lines.count }
        let place = (head.count + before) * Self.lineHeight + number * 8 + 16
        return place + rows[number].lines.count * Self.lineHeight / 2
    }

    /// Breaks a text between its words.
    static func lines(_ text: String) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + word.count < lettersPerLine {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
