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
        let style = Drawing.fitting(
            title, width: 1420, lines: 2,
            .init(size: 300, isBold: true, colour: Palette.green, leading: 1.12))
        drawing.begin(.heading(1))
        var y = try drawing.write(title, x: 190, y: 200 + style.size, width: 1720, style)
        drawing.end()
        let lead = Drawing.Style(size: 112, isBold: true, leading: 1.2)
        drawing.begin(.paragraph)
        y = try drawing.write(try said("lead"), x: 190, y: y + 10, width: 1720, lead)
        drawing.end()
        return y
    }

    private mutating func code(from top: Double) throws(CampaignError) {
        let style = Drawing.fitting(
            address.name, width: 1740, .init(size: 160, isBold: true, colour: Palette.ink))
        let side = 2110 - style.size - top + 20
        guard side >= 600 else { throw .tooLong(sheet: "poster-\(reader)", by: Int(600 - side)) }
        drawing.add(
            qr.markup(x: 160, y: top - 60, side: side, label: try words.text("qr.label")))
        let x = 200 + side
        let width = 1940 - x
        let note = try said("note")
        let small = Drawing.fitting(note, width: width, lines: 5, .init(size: 104, leading: 1.22))
        drawing.begin(.paragraph)
        let high = Drawing.height(note, width: width, small)
        try drawing.write(
            note, x: x, y: top - 60 + (side - high) / 2 + small.size, width: width, small)
        drawing.end()
        drawing.begin(.paragraph)
        try drawing.write(address.name, x: 190, y: 2140, width: 1740, style)
        drawing.end()
    }

    /// The numbers that must be at hand.
    private mutating func slips() throws(CampaignError) {
        let count = words.count("poster.\(reader).slips", having: "place")
        guard count > 0 else { throw .missing("poster.\(reader).slips") }
        let gap = 30.0
        let width = (1900 - gap * Double(count - 1)) / Double(count)
        let top = 2330.0
        let high = SheetFoot.top - 24 - top
        let label = Drawing.Style(size: 58, isBold: true, leading: 1.16)
        drawing.begin(.list)
        for index in 1...count {
            let place = try tree.place(try said("slips.\(index).place"))
            guard let contact = place.contact else { throw .missing("contact.\(place.id)") }
            let x = 100 + Double(index - 1) * (width + gap)
            let isDanger = index == 1
            drawing.box(
                x, top, width, high, fill: isDanger ? Palette.notice : Palette.card,
                stroke: Palette.ink, line: isDanger ? 12 : 6, radius: 28)
            drawing.begin(.item)
            let text = try said("slips.\(index).words")
            let words = Drawing.fitting(text, width: width - 70, lines: 3, label)
            let number = Drawing.fitting(
                contact, width: width - 70, .init(size: 190, isBold: true, colour: Palette.ink))
            let below = Drawing.height(text, width: width - 70, words)
            let start = top + (high - below - number.size) / 2
            try drawing.write(
                contact, x: x + 35, y: start + number.size * 0.8, width: width - 70, number)
            try drawing.write(
                text, x: x + 35, y: start + number.size + words.size * 0.95, width: width - 70,
                words)
            drawing.end()
        }
        drawing.end()
    }
}
