/// An SVG sheet with real text: lines are broken here, for SVG breaks none.
struct Drawing {
    /// What was drawn so far.
    private(set) var markup = ""

    /// How words look.
    struct Style {
        var size: Double
        var weight = 400
        var colour = Palette.ink
        var anchor = "start"
        /// Distance of lines.
        var leading: Double { size * 1.32 }
    }

    /// A box with round corners.
    mutating func box(
        _ x: Double,
        _ y: Double,
        _ width: Double,
        _ height: Double,
        fill: String,
        stroke: String = "none",
        radius: Double = 22
    ) {
        markup += """
            <rect x="\(Self.number(x))" y="\(Self.number(y))" width="\(Self.number(width))" \
            height="\(Self.number(height))" rx="\(Self.number(radius))" fill="\(fill)" \
            stroke="\(stroke)" stroke-width="4"/>

            """
    }

    /// One line of text; `y` is its base line.
    mutating func line(_ words: String, x: Double, y: Double, _ style: Style) {
        markup += """
            <text x="\(Self.number(x))" y="\(Self.number(y))" \
            font-size="\(Self.number(style.size))" font-weight="\(style.weight)" \
            fill="\(style.colour)" text-anchor="\(style.anchor)">\
            \(Template.escaped(words))</text>

            """
    }

    /// Text in as many lines as it needs; returns the base line of the one after.
    @discardableResult
    mutating func paragraph(
        _ words: String,
        x: Double,
        y: Double,
        width: Double,
        _ style: Style
    ) -> Double {
        var base = y
        for words in Self.lines(words, width: width, style) {
            line(words, x: x, y: base, style)
            base += style.leading
        }
        return base
    }

    /// Adds a drawing of our own.
    mutating func add(_ drawn: String) { markup += drawn + "\n" }

    /// The words broken where a line would be too wide.
    static func lines(_ words: String, width: Double, _ style: Style) -> [String] {
        var lines: [String] = []
        for word in words.split(separator: " ") {
            if let last = lines.last, Self.width("\(last) \(word)", style) <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }

    /// About how wide words are: the widest of the fonts a printer may have.
    static func width(_ words: String, _ style: Style) -> Double {
        let bold = style.weight > 500 ? 1.08 : 1
        return words.reduce(0) { $0 + em($1) } * style.size * bold
    }

    private static func em(_ letter: Character) -> Double {
        switch letter {
        case "i", "j", "l", "t", "f", "r", ".", ",", ":", ";", "'", "!", "|", "(", ")": 0.34
        case " ": 0.27
        case "m", "w", "M", "W": 0.92
        case "A"..."Z": 0.68
        default: 0.58
        }
    }

    /// A number with at most one decimal, the same on every machine.
    static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths % 10))"
    }
}
