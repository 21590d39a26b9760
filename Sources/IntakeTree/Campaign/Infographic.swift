/// All possibilities on one sheet: 2100 by 2970 tenths of a millimetre.
struct Infographic {
    private let scope: Template.Scope
    private let qr: QRDrawing
    private var drawing = Drawing()

    init(scope: Template.Scope, qr: QRDrawing) {
        self.scope = scope
        self.qr = qr
    }

    /// The SVG.
    /// - Throws: ``CampaignError/missing(_:)``.
    mutating func svg() throws(CampaignError) -> String {
        try head()
        try choices("info.who", "roles", x: 90, width: 640)
        try choices("info.what", "themes", x: 770, width: 1240)
        try firstHelp()
        try ladder()
        try limits()
        try foot()
        let title = Template.escaped(try word("info.title"))
        let summary = Template.escaped(try word("info.summary"))
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2100 2970" width="210mm" \
            height="297mm" role="img" aria-labelledby="title desc" lang="\(try word("language"))" \
            font-family="system-ui, 'Noto Sans', 'Segoe UI', Roboto, sans-serif">
            <title id="title">\(title)</title>
            <desc id="desc">\(summary)</desc>
            <rect width="2100" height="2970" fill="\(Palette.paper)"/>
            \(drawing.markup)</svg>

            """
    }

    private func word(_ name: String) throws(CampaignError) -> String {
        guard case .text(let text)? = scope[name] else { throw .missing(name) }
        return text
    }

    private func list(_ name: String) throws(CampaignError) -> [[String: String]] {
        guard case .list(let items)? = scope[name] else { throw .missing(name) }
        return items.map { item in
            item.compactMapValues { value in
                if case .text(let text) = value { text } else { nil }
            }
        }
    }

    private mutating func head() throws(CampaignError) {
        drawing.box(0, 0, 2100, 318, fill: Palette.green, radius: 0)
        drawing.add(
            """
            <path d="M1890 0h210v210z" fill="\(Palette.paper)"/>\
            <path d="M1890 0v180q0 30 30 30h180z" fill="\(Palette.apricot)"/>
            """
        )
        drawing.line(
            try word("info.title"),
            x: 90,
            y: 162,
            .init(size: 96, weight: 700, colour: Palette.card)
        )
        drawing.paragraph(
            try word("info.lead"),
            x: 90,
            y: 248,
            width: 1740,
            .init(size: 45, colour: Palette.card)
        )
    }

    /// A question with its answers as slips of paper.
    private mutating func choices(
        _ title: String,
        _ name: String,
        x: Double,
        width: Double
    ) throws(CampaignError) {
        heading(try word(title), x: x, y: 408)
        let style = Drawing.Style(size: 34)
        var left = x
        var top = 440.0
        for words in try list(name).compactMap({ $0["item"] }) {
            let wide = Drawing.width(words, style) + 44
            if left > x, left + wide > x + width {
                left = x
                top += 72
            }
            drawing.box(left, top, wide, 60, fill: Palette.card, stroke: Palette.line, radius: 14)
            drawing.line(
                words,
                x: left + wide / 2,
                y: top + 42,
                .init(size: 34, anchor: "middle")
            )
            left += wide + 14
        }
    }

    private mutating func firstHelp() throws(CampaignError) {
        heading(try word("info.first"), x: 90, y: 900)
        for (index, place) in try list("first").prefix(6).enumerated() {
            let x = 90 + Double(index % 3) * 650
            let y = 932 + Double(index / 3) * 322
            drawing.box(x, y, 620, 300, fill: Palette.card, stroke: Palette.green)
            drawing.line(
                place["name"] ?? "",
                x: x + 30,
                y: y + 58,
                .init(size: 40, weight: 700, colour: Palette.green)
            )
            drawing.line(
                place["contact"] ?? "",
                x: x + 30,
                y: y + 134,
                .init(size: 66, weight: 700)
            )
            let style = Drawing.Style(size: 32)
            let below = drawing.paragraph(
                place["what"] ?? "",
                x: x + 30,
                y: y + 186,
                width: 560,
                style
            )
            drawing.paragraph(
                place["when"] ?? "",
                x: x + 30,
                y: below,
                width: 560,
                .init(size: 32, colour: Palette.soft)
            )
        }
    }

    private mutating func ladder() throws(CampaignError) {
        heading(try word("info.ladder"), x: 90, y: 1668)
        for (index, rung) in try list("ladder").enumerated() {
            let y = 1700 + Double(index) * 108
            drawing.box(
                90,
                y,
                1180,
                98,
                fill: index == 0 ? Palette.apricot : Palette.mist,
                stroke: index == 0 ? Palette.ink : "none",
                radius: 14
            )
            drawing.line(
                rung["number"] ?? "",
                x: 142,
                y: y + 66,
                .init(size: 50, weight: 700, colour: Palette.ink, anchor: "middle")
            )
            drawing.line(
                rung["name"] ?? "",
                x: 200,
                y: y + 42,
                .init(size: 34, weight: 700)
            )
            drawing.paragraph(
                try word("ladder.\(index)"),
                x: 200,
                y: y + 80,
                width: 1060,
                .init(size: 29)
            )
        }
    }

    private mutating func limits() throws(CampaignError) {
        var y = 1668.0
        for (title, name, mark) in [("info.yes", "can", "+"), ("info.no", "cannot", "–")] {
            heading(try word(title), x: 1320, y: y)
            y += 56
            for item in try list(name).compactMap({ $0["item"] }) {
                drawing.line(
                    mark,
                    x: 1336,
                    y: y,
                    .init(size: 40, weight: 700, colour: Palette.green)
                )
                y = drawing.paragraph(item, x: 1380, y: y, width: 640, .init(size: 33)) + 12
            }
            y += 62
        }
    }

    private mutating func foot() throws(CampaignError) {
        drawing.box(90, 2702, 1920, 214, fill: Palette.card, stroke: Palette.ink)
        drawing.add(qr.markup(attributes: "x=\"104\" y=\"2714\" width=\"190\" height=\"190\""))
        drawing.line(
            try word("site"),
            x: 330,
            y: 2786,
            .init(size: 70, weight: 700, colour: Palette.green)
        )
        drawing.paragraph(
            try word("info.foot"),
            x: 330,
            y: 2840,
            width: 1620,
            .init(size: 33)
        )
        drawing.line(
            "\(try word("fingerprint.label")) \(try word("fingerprint"))",
            x: 330,
            y: 2894,
            .init(size: 26, colour: Palette.soft)
        )
    }

    private mutating func heading(_ words: String, x: Double, y: Double) {
        drawing.line(
            words,
            x: x,
            y: y,
            .init(size: 50, weight: 700, colour: Palette.green)
        )
    }
}
