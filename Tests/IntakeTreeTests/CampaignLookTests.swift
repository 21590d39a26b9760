import Foundation
import Testing

@testable import IntakeTree

/// That the sheets can be read: by contrast, in grey, and at a distance.
struct CampaignLookTests {
    @Test(arguments: [
        (Palette.ink, Palette.card), (Palette.ink, Palette.paper), (Palette.ink, Palette.mist),
        (Palette.ink, Palette.notice), (Palette.green, Palette.card),
        (Palette.green, Palette.paper), (Palette.soft, Palette.paper),
        (Palette.card, Palette.green), (Palette.card, Palette.ink),
    ])
    func `words stand out from what is behind them, in colour and in grey`(
        _ words: String,
        _ behind: String
    ) throws {
        let pair = [try luminance(words), try luminance(behind)].sorted()
        #expect((pair[1] + 0.05) / (pair[0] + 0.05) >= 4.5)
    }

    @Test func `no colour but those of the palette is on a sheet`() throws {
        let made = try CampaignFixture.unchanged.get()
        let known = [
            Palette.paper, Palette.card, Palette.ink, Palette.soft, Palette.green, Palette.mist,
            Palette.line, Palette.apricot, Palette.notice, "#000", "#fff", "none",
        ]
        for file in made.files where file.name.hasSuffix(".svg") {
            for colour in values(of: "fill", made.text(file.name)) {
                #expect(known.contains(colour), "\(file.name) \(colour)")
            }
        }
    }

    @Test func `nothing on a sheet is set smaller than nine points`() throws {
        let made = try CampaignFixture.unchanged.get()
        for file in made.files where file.name.hasSuffix("a4.svg") {
            let sizes = values(of: "font-size", made.text(file.name)).compactMap(Double.init)
            #expect(sizes.count > 6)
            let points = (sizes.min() ?? 0) / 10 / 25.4 * 72
            #expect(points >= 9, "\(file.name)")
        }
    }

    @Test func `a poster has few words and its first ones are large`() throws {
        let made = try CampaignFixture.unchanged.get()
        for reader in ["leerling", "ouder", "personeel"] {
            let svg = made.text("poster-\(reader)-a4.svg")
            let count = CampaignTests.words(svg).split(separator: " ").count
            #expect(count <= 60, "\(reader): \(count)")
            let sizes = values(of: "font-size", svg).compactMap(Double.init)
            // Eight millimetres and more for what is read from two metres.
            #expect(sizes.prefix(4).allSatisfy { $0 >= 84 }, "\(sizes)")
        }
    }

    @Test func `a line is as wide as a browser sets it`() {
        let bold = Drawing.Style(size: 100, isBold: true)
        #expect(Drawing.width("Niet veilig", bold) > 500)
        #expect(Drawing.width("ij", bold) < Drawing.width("mw", bold))
        #expect(Drawing.lines("een twee drie", width: 300, bold) == ["een", "twee", "drie"])
    }

    private func values(of name: String, _ svg: String) -> [String] {
        svg.components(separatedBy: " \(name)=\"").dropFirst().compactMap {
            $0.components(separatedBy: "\"").first
        }
    }

    private func luminance(_ colour: String) throws -> Double {
        let number = try #require(Int(colour.dropFirst(), radix: 16))
        let parts = [16, 8, 0].map { shift -> Double in
            let part = Double(number >> shift & 0xFF) / 255
            return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
}
