/// An SVG sheet with real text: lines are broken here, for SVG breaks none.
///
/// All words go through ``write(_:x:y:width:_:)``, so that the outline says what the sheet says.
struct Drawing {
    /// What was drawn so far.
    private(set) var markup = ""
    /// What was written so far.
    private(set) var outline = Outline()

    /// How words look.
    struct Style {
        var size: Double
        var isBold = false
        var colour = Palette.ink
        var anchor = Anchor.start
        /// Distance of lines, in sizes.
        var leading = 1.28

        /// Where a line stands at its place.
        enum Anchor: String {
            case start
            case middle
            case end
        }

        func sized(_ size: Double) -> Style {
            var style = self
            style.size = size
            return style
        }
    }

    /// Begins a group of words.
    mutating func begin(_ role: Outline.Role) {
        outline.begin(role)
        markup += "<g \(role.attributes)>\n"
    }

    /// Ends the innermost group.
    mutating func end() {
        outline.end()
        markup += "</g>\n"
    }

    /// A box with round corners.
    mutating func box(
        _ x: Double,
        _ y: Double,
        _ width: Double,
        _ height: Double,
        fill: String,
        stroke: String = "none",
        line: Double = 4,
        radius: Double = 22
    ) {
        let number = Self.number
        markup += """
            <rect x="\(number(x))" y="\(number(y))" width="\(number(width))" \
            height="\(number(height))" rx="\(number(radius))" fill="\(fill)" \
            stroke="\(stroke)" stroke-width="\(number(line))"/>

            """
    }

    /// Text in as many lines as it needs; `y` is the first base line.
    /// - Returns: The base line of the line that would come next.
    /// - Throws: ``CampaignError/tooWide(_:)`` for a word that is wider than its place.
    @discardableResult
    mutating func write(
        _ words: String,
        x: Double,
        y: Double,
        width: Double,
        _ style: Style
    ) throws(CampaignError) -> Double {
        let number = Self.number
        var base = y
        var spans: [String] = []
        for line in Self.lines(words, width: width, style) {
            let length = Self.width(line, style)
            guard length <= width + 0.5 else { throw .tooWide(line) }
            spans.append(
                "<tspan x=\"\(number(x))\" y=\"\(number(base))\" textLength=\"\(number(length))\" "
                    + "lengthAdjust=\"spacingAndGlyphs\">\(Template.escaped(line))</tspan>"
            )
            base += style.size * style.leading
        }
        markup += """
            <text font-size="\(number(style.size))" font-weight="\(style.isBold ? 700 : 400)" \
            fill="\(style.colour)" text-anchor="\(style.anchor.rawValue)">\
            \(spans.joined(separator: " "))</text>

            """
        outline.say(words)
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

    /// The narrowest place with the same number of lines, so that no word stands alone.
    static func balanced(_ words: String, width: Double, _ style: Style) -> Double {
        let count = lines(words, width: width, style).count
        var narrow = width
        while narrow > 100, lines(words, width: narrow - 10, style).count == count,
            lines(words, width: narrow - 10, style).allSatisfy({
                Self.width($0, style) <= narrow - 10
            })
        { narrow -= 10 }
        return narrow
    }

    /// How high words stand when they are broken.
    static func height(_ words: String, width: Double, _ style: Style) -> Double {
        Double(lines(words, width: width, style).count) * style.size * style.leading
    }

    /// The largest size up to the style's at which the words stand on so many lines.
    static func fitting(
        _ words: String,
        width: Double,
        lines most: Int = 1,
        _ style: Style
    ) -> Style {
        var style = style
        while style.size > 20 {
            let broken = lines(words, width: width, style)
            if broken.count <= most, broken.allSatisfy({ Self.width($0, style) <= width }) { break }
            style.size -= 1
        }
        return style
    }

    /// How wide words are on one line.
    static func width(_ words: String, _ style: Style) -> Double {
        LetterWidth.of(words, size: style.size, isBold: style.isBold)
    }

    /// A number with at most one decimal, the same on every machine.
    static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        let whole = abs(tenths) / 10
        return tenths % 10 == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(abs(tenths) % 10)"
    }
}
