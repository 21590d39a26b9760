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
        var y = try dangers(from: 366)
        y = try groups(from: y + 84)
        y = try contacts(from: y + 78)
        y = try ladder(from: y + 78)
        y = try site(from: y + 34)
        guard y <= SheetFoot.top - 10 else {
            throw .tooLong(sheet: "infographic", by: Int(y - SheetFoot.top + 10))
        }
        try foot.draw(on: &drawing)
        return Sheet(
            name: "infographic",
            title: try words.text("infographic.title"),
            summary: try words.text("infographic.summary"),
            drawing: drawing
        )
    }

    private mutating func head() throws(CampaignError) {
        drawing.box(0, 0, 2100, 270, fill: Palette.green, radius: 0)
        drawing.add(
            """
            <path d="M1920 0h180v180z" fill="\(Palette.paper)"/>\
            <path d="M1920 0v152q0 28 28 28h152z" fill="\(Palette.apricot)"/>
            """
        )
        let white = Drawing.Style(size: 122, isBold: true, colour: Palette.card)
        drawing.begin(.heading(1))
        try drawing.write(
            try words.text("infographic.title"), x: Self.left, y: 142, width: 1780, white)
        drawing.end()
        drawing.begin(.paragraph)
        let lead = Drawing.Style(size: 52, colour: Palette.card)
        try drawing.write(
            try words.text("infographic.lead"), x: Self.left, y: 222, width: 1780, lead)
        drawing.end()
    }

    private mutating func heading(_ text: String, y: Double) throws(CampaignError) {
        drawing.begin(.heading(2))
        let style = Drawing.Style(size: 58, isBold: true, colour: Palette.green)
        try drawing.write(text, x: Self.left, y: y, width: Self.wide, style)
        drawing.end()
    }

    private mutating func dangers(from y: Double) throws(CampaignError) -> Double {
        try heading(content.dangerQuestion, y: y)
        let gap = 28.0
        let count = Double(content.dangers.count)
        let width = (Self.wide - gap * (count - 1)) / count
        let label = Drawing.Style(size: 38, isBold: true)
        let inner = width - 60
        let number = content.dangers.compactMap(\.place.contact).map {
            Drawing.fitting($0, width: inner, .init(size: 112, isBold: true))
        }.min { $0.size < $1.size } ?? label
        let high = content.dangers.map { Drawing.height($0.answer, width: inner, label) }.max() ?? 0
        let top = y + 26
        let height = 26 + high + number.size + 92
        drawing.begin(.list)
        for (index, danger) in content.dangers.enumerated() {
            let x = Self.left + Double(index) * (width + gap)
            drawing.box(x, top, width, height, fill: Palette.notice, stroke: Palette.ink, line: 7)
            drawing.begin(.item)
            try drawing.write(danger.answer, x: x + 30, y: top + 62, width: inner, label)
            let base = top + 26 + high + number.size
            try drawing.write(
                danger.place.contact ?? "", x: x + 30, y: base, width: inner, number)
            let name = Drawing.fitting(danger.place.name, width: inner, .init(size: 40))
            try drawing.write(danger.place.name, x: x + 30, y: base + 58, width: inner, name)
            drawing.end()
        }
        drawing.end()
        return top + height
    }

    /// A row for each group: what happened on the left, who helps on the right.
    private mutating func groups(from y: Double) throws(CampaignError) -> Double {
        try heading(content.themeQuestion, y: y)
        let theme = Drawing.Style(size: 37, isBold: true)
        let place = Drawing.Style(size: 37)
        var top = y + 24
        drawing.begin(.list)
        for group in content.groups {
            let names = group.places.map(\.name).joined(separator: " · ")
            let left = group.themes.reduce(0) { $0 + Drawing.height($1, width: 790, theme) }
            let high = max(left, Drawing.height(names, width: 940, place)) + 24
            drawing.box(Self.left, top, 850, high, fill: Palette.mist, radius: 12)
            drawing.box(
                Self.left, top, Self.wide, high, fill: "none", stroke: Palette.line, line: 3,
                radius: 12)
            drawing.begin(.item)
            var base = top + 48
            for words in group.themes {
                base = try drawing.write(words, x: Self.left + 26, y: base, width: 790, theme)
            }
            try drawing.write(names, x: Self.left + 890, y: top + 48, width: 980, place)
            drawing.end()
            top += high + 10
        }
        drawing.end()
        return top - 10
    }

    /// The numbers, each place once.
    private mutating func contacts(from y: Double) throws(CampaignError) -> Double {
        try heading(try words.text("infographic.contacts"), y: y)
        let gap = 22.0
        let width = (Self.wide - 2 * gap) / 3
        let inner = width - 48
        let small = Drawing.Style(size: 32)
        var tops = [Double](repeating: y + 24, count: 3)
        drawing.begin(.list)
        for (index, place) in content.contacts.enumerated() {
            let column = index % 3
            let x = Self.left + Double(column) * (width + gap)
            let more = [place.hours.map(Self.sentence), place.anonymity].compactMap { $0 }
                .joined(separator: " ")
            let height = 116 + Drawing.height(more, width: inner, small) + 12
            let top = tops[column]
            drawing.box(x, top, width, height, fill: Palette.card, stroke: Palette.green, line: 4)
            drawing.begin(.item)
            let name = Drawing.fitting(place.name, width: inner, .init(size: 36, isBold: true))
            try drawing.write(place.name, x: x + 24, y: top + 46, width: inner, name)
            let contact = Drawing.fitting(
                place.contact ?? "", width: inner, .init(size: 50, isBold: true, colour: Palette.green))
            try drawing.write(place.contact ?? "", x: x + 24, y: top + 102, width: inner, contact)
            try drawing.write(more, x: x + 24, y: top + 148, width: inner, small)
            drawing.end()
            tops[column] = top + height + 16
        }
        drawing.end()
        return (tops.max() ?? y) - 16
    }

    private mutating func ladder(from y: Double) throws(CampaignError) -> Double {
        try heading(try words.text("infographic.ladder"), y: y)
        let style = Drawing.Style(size: 37, isBold: true)
        let rows = (content.rungs.count + 1) / 2
        let top = y + 24
        drawing.begin(.list)
        for (index, name) in content.rungs.enumerated() {
            let x = Self.left + Double(index / rows) * 961
            let row = top + Double(index % rows) * 66
            drawing.box(x, row, 939, 58, fill: Palette.mist, radius: 29)
            drawing.add(
                "<circle cx=\"\(Drawing.number(x + 29))\" cy=\"\(Drawing.number(row + 29))\" "
                    + "r=\"29\" fill=\"\(Palette.green)\"/>"
            )
            drawing.begin(.item)
            var number = style
            number.colour = Palette.card
            number.anchor = .middle
            try drawing.write("\(index + 1)", x: x + 29, y: row + 42, width: 58, number)
            try drawing.write(name, x: x + 80, y: row + 42, width: 830, style)
            drawing.end()
        }
        drawing.end()
        return top + Double(rows) * 66 - 8
    }

    private mutating func site(from y: Double) throws(CampaignError) -> Double {
        let height = 250.0
        drawing.box(Self.left, y, Self.wide, height, fill: Palette.card, stroke: Palette.ink, line: 5)
        drawing.add(
            qr.markup(
                x: Self.left + 14, y: y + 14, side: height - 28,
                label: try words.text("qr.label")))
        let inner = Self.wide - height - 40
        let x = Self.left + height + 10
        drawing.begin(.paragraph)
        let style = Drawing.fitting(
            address.name, width: inner, .init(size: 92, isBold: true, colour: Palette.green))
        let base = y + 60 + style.size * 0.55
        try drawing.write(address.name, x: x, y: base, width: inner, style)
        drawing.end()
        drawing.begin(.paragraph)
        try drawing.write(
            try words.text("infographic.site"), x: x, y: base + 68, width: inner, .init(size: 42))
        drawing.end()
        return y + height
    }

    private static func sentence(_ words: String) -> String {
        words.prefix(1).uppercased() + words.dropFirst() + "."
    }
}
