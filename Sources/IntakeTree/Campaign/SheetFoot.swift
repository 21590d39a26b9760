/// What every sheet ends with: how to check that it is real, and whether it may be hung.
struct SheetFoot {
    /// What the sheet is checked by, with its words before it.
    let fingerprint: String
    /// That it must not be hung yet; nil when it may.
    let proof: String?

    /// Where the foot begins; printers leave out the last five millimetres.
    static let top = 2806.0

    func draw(on drawing: inout Drawing) throws(CampaignError) {
        let style = Drawing.Style(size: 32, colour: Palette.soft, anchor: .middle)
        drawing.begin(.paragraph)
        try drawing.write(fingerprint, x: 1050, y: 2902, width: 1900, style)
        drawing.end()
        guard let proof else { return }
        drawing.box(100, Self.top, 1900, 54, fill: Palette.ink, radius: 10)
        drawing.begin(.paragraph)
        let white = Drawing.Style(size: 34, isBold: true, colour: Palette.card, anchor: .middle)
        try drawing.write(proof, x: 1050, y: Self.top + 39, width: 1860, white)
        drawing.end()
    }
}
