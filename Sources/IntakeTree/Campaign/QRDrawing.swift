/// A QR code as `qrencode -t SVG --svg-path` draws it: only its lines are taken over.
public struct QRDrawing: Equatable, Sendable {
    /// Modules on a side, the quiet zone with them.
    public let side: Int
    /// The path of the dark modules, in modules.
    public let path: String
    /// How far right and down the path is moved: the quiet zone.
    public let margin: String

    /// Reads the drawing.
    /// - Throws: ``CampaignError/qr`` for anything but digits and path letters: the drawing goes
    ///   into pages as it is.
    public init(svg: String) throws(CampaignError) {
        guard let box = Self.between("viewBox=\"0 0 ", "\"", in: svg),
            let side = box.split(separator: " ").first.flatMap({ Int($0) }), side > 20,
            let margin = Self.between("translate(", ")", in: svg),
            margin.utf8.allSatisfy({ $0 == 0x2C || $0 == 0x2E || (0x30...0x39) ~= $0 }),
            let path = Self.between(" d=\"", "\"", in: svg), !path.isEmpty,
            path.utf8.allSatisfy({ Self.letters.contains($0) })
        else { throw .qr }
        self.side = side
        self.margin = margin
        self.path = path
    }

    /// How many modules of the side are quiet zone, at each end.
    var quiet: Int { Int(margin.prefix { $0 != "," && $0 != "." }) ?? 0 }

    /// The drawing inside another SVG; white behind it unless it lies on white already.
    func markup(
        x: Double,
        y: Double,
        side length: Double,
        label: String,
        isOnWhite: Bool = false
    ) -> String {
        let white = "<rect width=\"\(side)\" height=\"\(side)\" fill=\"#fff\"/>"
        return """
            <svg x="\(Drawing.number(x))" y="\(Drawing.number(y))" \
            width="\(Drawing.number(length))" height="\(Drawing.number(length))" \
            viewBox="0 0 \(side) \(side)" role="img" aria-label="\(Template.escaped(label))">\
            \(isOnWhite ? "" : white)<path transform="translate(\(margin))" fill="none" \
            stroke="#000" d="\(path)"/></svg>
            """
    }

    private static let letters = Array("MmHhVvLlZz0123456789.,- \n".utf8)

    private static func between(_ start: String, _ end: String, in text: String) -> String? {
        let parts = text.split(separator: start, maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        return parts[1].split(separator: end, omittingEmptySubsequences: false).first
            .map(String.init)
    }
}
