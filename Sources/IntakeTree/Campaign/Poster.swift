/// A poster for one kind of reader: very few words, read from two metres.
struct Poster {
    /// The kind of reader, as the campaign's words name it.
    private let reader: String
    private let words: CampaignWords
    private let tree: CampaignTree
    private let qr: QRDrawing
    private let address: CampaignAddress
    private var drawing = Drawing()

    init(
        for reader: String,
        tree: CampaignTree,
        words: CampaignWords,
        qr: QRDrawing,
        address: CampaignAddress
    ) {
        self.reader = reader
        self.tree = tree
        self.words = words
        self.qr = qr
        self.address = address
    }

    /// Draws the sheet.
    /// - Throws: ``CampaignError``; ``CampaignError/tooLong(sheet:by:)`` rather than an overlap.
    mutating func sheet(foot: SheetFoot) throws(CampaignError) -> Sheet {
        note()
        let y = try title()
        try code(from: y)
        try slips()
        try foot.draw(on: &drawing)
        return Sheet(
            name: "poster-\(reader)",
            title: try said("title"),
            summary: try said("summary"),
            drawing: drawing
        )
    }

    private func said(_ key: String) throws(CampaignError) -> String {
        try words.text("poster.\(reader).\(key)")
    }

    /// The passed note: a sheet with its corner folded over, another one behind it.
    private mutating func note() {
        drawing.add(
            """
            <g transform="rotate(-2.2 1050 1180)"><rect x="104" y="120" width="1892" \
            height="2110" rx="40" fill="\(Palette.mist)" stroke="\(Palette.line)" \
            stroke-width="4"/></g>
            <path d="M140 100H1650L1990 440V2170Q1990 2210 1950 2210H140Q100 2210 100 2170V140Q100 \
            100 140 100Z" fill="\(Palette.card)" stroke="\(Palette.green)" stroke-width="12" \
            stroke-linejoin="round"/>
            <path d="M1650 100V400Q1650 440 1690 440H1990Z" fill="\(Palette.apricot)" \
            stroke="\(Palette.green)" stroke-width="12" stroke-linejoin="round"/>
            """
        )
    }

    private mutating func title() throws(CampaignError) -> Double {
        let title = try said("title")
        let large = Drawing.Style(size: 290, isBold: true, colour: Palette.green, leading: 1.1)
        var style = Drawing.fitting(title, width: 1430, lines: 2, large)
        if style.size < 220 {
            style = Drawing.fitting(title, width: 1430, lines: 3, large.sized(240))
        }
        drawing.begin(.heading(1))
        var y = try drawing.write(title, x: 190, y: 170 + style.size, width: 1430, style)
        drawing.end()
        let lead = Drawing.fitting(
            try said("lead"),
            width: 1720,
            .init(size: 118, isBold: true, leading: 1.2)
        )
        drawing.begin(.paragraph)
        y -= style.size * style.leading
        y = try drawing.write(try said("lead"), x: 190, y: y + 210, width: 1720, lead)
        drawing.end()
        return y - lead.size * lead.leading
    }

    /// The code under the line at `y`, beside it why one may dare, under it the address.
    private mutating func code(from y: Double) throws(CampaignError) {
        let style = Drawing.fitting(
            address.name,
            width: 1720,
            .init(size: 168, isBold: true, colour: Palette.ink)
        )
        // No word may stand in the quiet zone; it lies on the white of the note.
        let (above, below) = (y + 34, 2130 - style.size * 0.75)
        let quiet = Double(qr.quiet) / Double(qr.side)
        let side = min(below - above, 1050)
        guard side >= 620 else { throw .tooLong(sheet: "poster-\(reader)", by: Int(620 - side)) }
        let dark = side * (1 - 2 * quiet)
        let top = (above + below - dark) / 2
        drawing.add(
            qr.markup(
                x: 190 - quiet * side,
                y: top - quiet * side,
                side: side,
                label: try words.text("qr.label"),
                isOnWhite: true
            )
        )
        let x = 190 + dark + max(100, quiet * side + 4)
        let note = try said("note")
        let small = Drawing.fitting(
            note,
            width: 1910 - x,
            lines: 4,
            .init(size: 108, leading: 1.24)
        )
        let width = Drawing.balanced(note, width: 1910 - x, small)
        let lines = Drawing.lines(note, width: width, small).count
        let high = (Double(lines) - 1) * small.size * small.leading + small.size * 0.72
        drawing.begin(.paragraph)
        try drawing.write(
            note,
            x: x,
            y: top + (dark - high) / 2 + small.size * 0.72,
            width: width,
            small
        )
        drawing.end()
        drawing.begin(.paragraph)
        try drawing.write(address.name, x: 190, y: 2130, width: 1720, style)
        drawing.end()
    }

    /// The numbers that must be at hand; short ones take less room.
    private mutating func slips() throws(CampaignError) {
        let count = words.count("poster.\(reader).slips", having: "place")
        var slips: [(contact: String, words: String)] = []
        for index in 0..<count {
            let place = try tree.place(try said("slips.\(index + 1).place"))
            guard let contact = place.contact else { throw .missing("contact.\(place.id)") }
            slips.append((contact, try said("slips.\(index + 1).words")))
        }
        guard !slips.isEmpty else { throw .missing("poster.\(reader).slips") }
        let gap = 28.0
        let short = Double(slips.count { $0.contact.count < 5 })
        let room = 1900 - gap * Double(count - 1)
        let narrow = short > 1 ? 560.0 : 490
        let long = (room - short * narrow) / max(1, Double(count) - short)
        let widths = slips.map { $0.contact.count < 5 ? narrow : long }
        let label = Self.common(slips.map(\.words), widths, lines: 3, size: 60)
        let (top, high) = (2316.0, 460.0)
        var x = 100.0
        drawing.begin(.list)
        for (index, slip) in slips.enumerated() {
            drawing.box(
                x,
                top,
                widths[index],
                high,
                fill: index == 0 ? Palette.notice : Palette.card,
                stroke: Palette.ink,
                line: index == 0 ? 14 : 6,
                radius: 28
            )
            let inner = widths[index] - 76
            drawing.begin(.item)
            let alike = slips.indices.filter { widths[$0] == widths[index] }
            let number = Self.common(
                alike.map { slips[$0].contact },
                alike.map { widths[$0] },
                lines: 1,
                size: 196
            )
            try drawing.write(slip.contact, x: x + 38, y: top + 196, width: inner, number)
            try drawing.write(slip.words, x: x + 38, y: top + 288, width: inner, label)
            drawing.end()
            x += widths[index] + gap
        }
        drawing.end()
    }

    /// The size at which all words fit their slips.
    private static func common(
        _ words: [String],
        _ widths: [Double],
        lines: Int,
        size: Double
    ) -> Drawing.Style {
        let style = Drawing.Style(size: size, isBold: true, leading: 1.16)
        let sizes = zip(words, widths).map { words, width in
            Drawing.fitting(words, width: width - 76, lines: lines, style).size
        }
        return style.sized(sizes.min() ?? size)
    }
}
