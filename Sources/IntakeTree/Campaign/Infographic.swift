/// All possibilities on one sheet, for pupils.
struct Infographic {
    private let content: InfographicContent
    private let words: CampaignWords
    private let qr: QRDrawing
    private let address: CampaignAddress
    private var drawing = Drawing()

    private static let left = 100.0
    private static let wide = 1900.0

    init(
        content: InfographicContent,
        words: CampaignWords,
        qr: QRDrawing,
        address: CampaignAddress
    ) {
        self.content = content
        self.words = words
        self.qr = qr
        self.address = address
    }

    /// Draws the sheet.
    /// - Throws: ``CampaignError``; ``CampaignError/tooLong(sheet:by:)`` rather than an overlap.
    mutating func sheet(foot: SheetFoot) throws(CampaignError) -> Sheet {
        try head()
        var y = try dangers(from: 430)
        y = try groups(from: y + 70)
        y = try contacts(from: y + 68)
        y = try ladder(from: y + 68)
        guard y <= SheetFoot.top - 20 else {
            throw .tooLong(sheet: "infographic", by: Int((y - SheetFoot.top + 20).rounded(.up)))
        }
        try foot.draw(on: &drawing)
        return Sheet(
            name: "infographic",
            title: try words.text("infographic.title"),
            summary: try words.text("infographic.summary"),
            drawing: drawing
        )
    }

    /// What it is about, and the way to the site.
    private mutating func head() throws(CampaignError) {
        drawing.box(0, 0, 2100, 356, fill: Palette.green, radius: 0)
        drawing.add(
            """
            <path d="M1712 36h238l50 50v218q0 16-16 16h-272q-16 0-16-16v-252q0-16 16-16z" \
            fill="\(Palette.card)"/>\
            <path d="M1950 36v34q0 16 16 16h34z" fill="\(Palette.apricot)"/>
            """
        )
        let width = 1540.0
        func write(
            _ words: String,
            _ role: Outline.Role,
            y: Double,
            _ style: Drawing.Style
        ) throws(CampaignError) {
            drawing.begin(role)
            let fitting = Drawing.fitting(words, width: width, style)
            try drawing.write(words, x: Self.left, y: y, width: width, fitting)
            drawing.end()
        }
        let white = Drawing.Style(size: 126, isBold: true, colour: Palette.card)
        try write(try words.text("infographic.title"), .heading(1), y: 146, white)
        var lead = white.sized(46)
        lead.isBold = false
        try write(try words.text("infographic.lead"), .paragraph, y: 220, lead)
        try write(address.name, .paragraph, y: 310, white.sized(82))
        drawing.add(
            qr.markup(x: 1706, y: 46, side: 264, label: try words.text("qr.label"))
        )
    }

    private mutating func heading(_ text: String, y: Double) throws(CampaignError) {
        drawing.begin(.heading(2))
        let green = Drawing.Style(size: 54, isBold: true, colour: Palette.green)
        let style = Drawing.fitting(text, width: Self.wide, green)
        try drawing.write(text, x: Self.left, y: y, width: Self.wide, style)
        drawing.end()
    }

    private mutating func dangers(from y: Double) throws(CampaignError) -> Double {
        try heading(content.dangerQuestion, y: y)
        let gap = 28.0
        let count = Double(content.dangers.count)
        let width = (Self.wide - gap * (count - 1)) / count
        let label = Drawing.Style(size: 36, isBold: true)
        let inner = width - 60
        let number =
            content.dangers.compactMap(\.place.contact).map {
                Drawing.fitting($0, width: inner, .init(size: 106, isBold: true))
            }.min { $0.size < $1.size } ?? label
        let high = content.dangers.map { Drawing.height($0.answer, width: inner, label) }.max() ?? 0
        let top = y + 26
        let height = 26 + high + number.size + 80
        drawing.begin(.list)
        for (index, danger) in content.dangers.enumerated() {
            let x = Self.left + Double(index) * (width + gap)
            drawing.box(x, top, width, height, fill: Palette.notice, stroke: Palette.ink, line: 7)
            drawing.begin(.item)
            try drawing.write(danger.answer, x: x + 30, y: top + 58, width: inner, label)
            let base = top + 20 + high + number.size
            try drawing.write(
                danger.place.contact ?? "",
                x: x + 30,
                y: base,
                width: inner,
                number
            )
            let name = Drawing.fitting(danger.place.name, width: inner, .init(size: 38))
            try drawing.write(danger.place.name, x: x + 30, y: base + 54, width: inner, name)
            drawing.end()
        }
        drawing.end()
        return top + height
    }

    /// A slip for each group: what happened, and who helps.
    private mutating func groups(from y: Double) throws(CampaignError) -> Double {
        try heading(content.themeQuestion, y: y)
        let theme = Drawing.Style(size: 34, isBold: true, leading: 1.22)
        let place = Drawing.Style(size: 34, leading: 1.22)
        let (width, inner) = (939.0, 889.0)
        var tops = [y + 24, y + 24]
        drawing.begin(.list)
        for group in content.groups {
            let column = tops[0] <= tops[1] ? 0 : 1
            let (x, top) = (Self.left + Double(column) * 961, tops[column])
            let names = try group.places.map { place throws(CampaignError) in
                place.isSealed && place.contact == nil
                    ? "\(place.name) (\(try words.text("infographic.on-site")))" : place.name
            }.joined(separator: " · ")
            let high = group.themes.reduce(0) { $0 + Drawing.height($1, width: inner, theme) }
            let low = Drawing.height(names, width: inner, place)
            let line = high + 16
            drawing.box(x, top, width, line + low + 20, fill: Palette.card, radius: 12)
            drawing.box(x, top, width, line, fill: Palette.mist, radius: 12)
            drawing.box(
                x,
                top,
                width,
                line + low + 20,
                fill: "none",
                stroke: Palette.line,
                line: 3,
                radius: 12
            )
            drawing.begin(.item)
            var base = top + 44
            for words in group.themes {
                base = try drawing.write(words, x: x + 25, y: base, width: inner, theme)
            }
            try drawing.write(names, x: x + 25, y: top + line + 42, width: inner, place)
            drawing.end()
            tops[column] = top + line + low + 32
        }
        drawing.end()
        return (tops.max() ?? y) - 12
    }

    /// The ways in, each place once, three in a row.
    private mutating func contacts(from y: Double) throws(CampaignError) -> Double {
        try heading(try words.text("infographic.contacts"), y: y)
        let gap = 22.0
        let width = (Self.wide - 2 * gap) / 3
        let inner = width - 48
        let small = Drawing.Style(size: 32, leading: 1.22)
        var top = y + 24
        drawing.begin(.list)
        for start in stride(from: 0, to: content.contacts.count, by: 3) {
            let row = content.contacts[start..<min(start + 3, content.contacts.count)]
            let high = row.map { Drawing.height(Self.more($0), width: inner, small) }.max() ?? 0
            for (column, place) in row.enumerated() {
                let x = Self.left + Double(column) * (width + gap)
                drawing.box(x, top, width, 126 + high, fill: Palette.card, stroke: Palette.green)
                try card(place, x: x + 24, top: top, width: inner, small)
            }
            top += 126 + high + 16
        }
        drawing.end()
        return top - 16
    }

    private mutating func card(
        _ place: CampaignPlace,
        x: Double,
        top: Double,
        width: Double,
        _ small: Drawing.Style
    ) throws(CampaignError) {
        drawing.begin(.item)
        let bold = Drawing.Style(size: 36, isBold: true)
        let name = Drawing.fitting(place.name, width: width, bold)
        try drawing.write(place.name, x: x, y: top + 46, width: width, name)
        let site = try words.text("infographic.on-site")
        let way = place.contact ?? site
        var green = bold.sized(50)
        green.colour = Palette.green
        let contact = Drawing.fitting(way, width: width, green)
        try drawing.write(way, x: x, y: top + 102, width: width, contact)
        try drawing.write(Self.more(place), x: x, y: top + 148, width: width, small)
        drawing.end()
    }

    /// When it is open, and whether one may stay unknown.
    private static func more(_ place: CampaignPlace) -> String {
        [place.hours.map(sentence), place.anonymity].compactMap { $0 }.joined(separator: " ")
    }

    private mutating func ladder(from y: Double) throws(CampaignError) -> Double {
        try heading(try words.text("infographic.ladder"), y: y)
        drawing.begin(.paragraph)
        try drawing.write(
            try words.text("infographic.always"),
            x: Self.left + Self.wide,
            y: y,
            width: 840,
            .init(size: 38, anchor: .end)
        )
        drawing.end()
        let style = Drawing.Style(size: 36, isBold: true)
        let rows = (content.rungs.count + 1) / 2
        let top = y + 24
        drawing.begin(.list)
        for (index, name) in content.rungs.enumerated() {
            let x = Self.left + Double(index / rows) * 961
            let row = top + Double(index % rows) * 62
            drawing.box(x, row, 939, 56, fill: Palette.mist, radius: 28)
            drawing.add(
                "<circle cx=\"\(Drawing.number(x + 28))\" cy=\"\(Drawing.number(row + 28))\" "
                    + "r=\"28\" fill=\"\(Palette.green)\"/>"
            )
            drawing.begin(.item)
            var number = style
            number.colour = Palette.card
            number.anchor = .middle
            try drawing.write("\(index + 1)", x: x + 28, y: row + 41, width: 56, number)
            try drawing.write(name, x: x + 80, y: row + 41, width: 830, style)
            drawing.end()
        }
        drawing.end()
        return top + Double(rows) * 62 - 6
    }

    private static func sentence(_ words: String) -> String {
        words.prefix(1).uppercased() + words.dropFirst() + "."
    }
}
