/// One sheet of paper: 2100 by 2970 tenths of a millimetre, as large as one wants it.
struct Sheet {
    /// The name of its files.
    let name: String
    let title: String
    /// What it is, for those who do not see it.
    let summary: String
    let drawing: Drawing

    static let width = 2100.0
    static let height = 2970.0

    /// A size of paper; both have the same shape.
    enum Paper: String, CaseIterable {
        case a4
        case a3

        /// In millimetres.
        var size: (width: Int, height: Int) { self == .a4 ? (210, 297) : (297, 420) }
    }

    /// The drawing as a file of its own.
    func svg(on paper: Paper) -> String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2100 2970" \
        width="\(paper.size.width)mm" height="\(paper.size.height)mm" lang="nl" \
        aria-labelledby="title desc" \
        font-family="'Noto Sans', 'Segoe UI', Roboto, system-ui, sans-serif">
        <title id="title">\(Template.escaped(title))</title>
        <desc id="desc">\(Template.escaped(summary))</desc>
        <rect width="2100" height="2970" fill="\(Palette.paper)"/>
        \(drawing.markup)</svg>

        """
    }

    /// What the templates of print and text alternative ask for.
    func scope(on paper: Paper) -> Template.Scope {
        [
            "title": .text(title), "summary": .text(summary), "name": .text(name),
            "width": .text("\(paper.size.width)mm"), "height": .text("\(paper.size.height)mm"),
            "svg": .markup(svg(on: paper)), "parts": .list(drawing.outline.scopes),
        ]
    }
}
