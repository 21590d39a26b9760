import Foundation
import SealedIntake
import Testing

@testable import IntakeTree

/// What the campaign says, and that it says it from the tree alone.
struct CampaignTests {
    private static let rungs = [
        "praten", "vp", "bestuur", "vi", "klachtencommissie", "ko", "helpdesk", "ocw",
    ].map { "rung.\($0).name" }

    @Test func `the same tree gives the same bytes`() throws {
        let (one, other) = (try CampaignFixture.unchanged.get(), try CampaignFixture().make())
        #expect(one.files == other.files)
        #expect(one.prints == other.prints)
        #expect(Set(one.files.map(\.name)).count == one.files.count)
    }

    @Test func `every theme of a pupil and every first number stand on the infographic`() throws {
        let svg = try CampaignFixture.unchanged.get().text("infographic-a4.svg")
        let words = Self.words(svg)
        let file = CampaignFixture.uncalled.first { $0.name == "wegwijzer.nl.texts" }
        let texts = try TreeTexts(bytes: try #require(file).bytes)
        var themes = 0
        for line in texts.lines {
            let key = String(decoding: line.key, as: UTF8.self)
            guard
                key.hasPrefix("answer.thema.") || Self.rungs.contains(key),
                !key.hasSuffix(".onbekend")
            else { continue }
            themes += 1
            #expect(words.contains(String(decoding: line.text, as: UTF8.self)), "\(key)")
        }
        #expect(themes == 8 + Self.rungs.count)
        for number in ["112", "113", "0800-2000", "0800-0432", "0900 111 3 111"] {
            #expect(words.contains(number))
        }
    }

    @Test func `a word changed in the tree changes on the sheet`() throws {
        var fixture = CampaignFixture()
        fixture.changes["texts/nl.yaml"] = [
            (old: "pesten: Pesten of buitensluiten", new: "pesten: Pesten en plagen")
        ]
        fixture.changes["organisations.yaml"] = [(old: "0800-0432", new: "0800-9999")]
        let made = try fixture.make()
        #expect(Self.words(made.text("infographic-a3.svg")).contains("Pesten en plagen"))
        #expect(Self.words(made.text("poster-leerling-a4.svg")).contains("0800-9999"))
        #expect(made.text("scholen.html").contains("Pesten en plagen"))
        #expect(made.text("schoolgids.txt").contains("0800-9999"))
    }

    /// Each digit of a number becomes another: a number of the same form that is nobody's.
    @Test func `every number changed in the tree changes wherever the campaign says it`() throws {
        let place = RepositoryTreeTests.folder + "/organisations.yaml"
        let yaml = try String(contentsOfFile: place, encoding: .utf8)
        let written = yaml.components(separatedBy: "tel: ").dropFirst()
            .map { String($0.prefix { $0 != "," && $0 != "\n" }) }
        var fixture = CampaignFixture()
        fixture.changes["organisations.yaml"] = Set(written).map {
            (old: "tel: \($0)", new: "tel: \(Self.moved($0))")
        }
        let numbers = written.map { $0.filter { $0 != "\"" } }.sorted { $0.count > $1.count }
        try #require(numbers.count > 25)
        let (before, after) = (try CampaignFixture.unchanged.get(), try fixture.make())
        var named: Set<String> = []
        for (old, new) in zip(before.files + before.prints, after.files + after.prints) {
            let words = Self.words(String(decoding: old.bytes, as: UTF8.self))
            let expected = Self.replacing(numbers, in: words) { named.insert($0) }
            #expect(
                Self.words(String(decoding: new.bytes, as: UTF8.self)) == expected,
                "\(old.name)"
            )
        }
        #expect(named.isSuperset(of: ["112", "113", "0800-2000", "0800-0432", "0900 111 3 111"]))
    }

    private static func moved(_ number: String) -> String {
        String(number.map { $0.wholeNumberValue.map { Character("\(($0 + 5) % 10)") } ?? $0 })
    }

    /// A text with the other digits in each of some numbers, the longest first.
    private static func replacing(
        _ numbers: [String],
        in text: String,
        found: (String) -> Void
    ) -> String {
        var said = ""
        var rest = text[...]
        while let letter = rest.first {
            let number = numbers.first { number in
                guard rest.hasPrefix(number), said.last?.isNumber != true else { return false }
                return rest.dropFirst(number.count).first?.isNumber != true
            }
            if let number { found(number) }
            said += number.map(moved) ?? String(letter)
            rest = rest.dropFirst(number?.count ?? 1)
        }
        return said
    }

    @Test(arguments: ["infographic", "poster-leerling", "poster-ouder", "poster-personeel"])
    func `the text alternative says every word of the sheet`(_ name: String) throws {
        let made = try CampaignFixture.unchanged.get()
        let alternative = Self.words(made.text("\(name).html"))
        let sheet = Self.pieces(made.text("\(name)-a4.svg"))
        #expect(sheet.count > 6)
        for piece in sheet { #expect(alternative.contains(piece), "\(piece)") }
    }

    @Test func `a pupil's poster has 112 and 113 in the tree's own words`() throws {
        let words = Self.words(try CampaignFixture.unchanged.get().text("poster-leerling-a4.svg"))
        for said in ["112", "Is er nu gevaar?", "113", "Luistert als je aan doodgaan denkt."] {
            #expect(words.contains(said))
        }
        #expect(words.contains(CampaignFixture.fingerprint))
    }

    @Test func `a sheet says it is a proof until somebody called every number on it`() throws {
        var fixture = CampaignFixture()
        #expect(try fixture.make().doubts == [])
        #expect(!Self.words(try fixture.make().text("infographic-a4.svg")).contains("Proefdruk"))
        fixture.isChecked = false
        let unchecked = try fixture.make()
        #expect(unchecked.doubts.count == 1)
        #expect(unchecked.doubts.first?.contains("kt, ") == true)
        #expect(Self.words(unchecked.text("poster-ouder-a4.svg")).contains("Proefdruk"))
    }

    @Test func `an address set aside for examples makes a proof`() throws {
        var fixture = CampaignFixture()
        fixture.address = "briefje.example"
        let doubts = try fixture.make().doubts
        #expect(
            doubts == ["the address \"briefje.example\" is an example, it must be a real one"]
        )
    }

    @Test func `the longest address stands on every sheet`() throws {
        var fixture = CampaignFixture()
        fixture.address = String(repeating: "w", count: 60) + ".nl"
        let made = try fixture.make()
        #expect(Self.words(made.text("poster-leerling-a4.svg")).contains(fixture.address))
    }

    @Test func `schools read one role a theme, their duties, and whom to call in doubt`() throws {
        let page = try CampaignFixture.unchanged.get().text("scholen.html")
        for said in [
            "Aanspreekpunt pesten", "Aandachtsfunctionaris",
            "U moet dit nu zelf aan het bestuur vertellen", "seksueel misdrijf", "jonger dan 18",
            "Het bestuur moet nu overleggen met de vertrouwensinspecteur",
            "Bij redelijk vermoeden moet het bestuur aangifte doen", "Volg de meldcode",
            "artikel 4a", "leerlingenstatuut", "klachtenregeling",
            "Twijfelt u? Bel altijd de vertrouwensinspecteur: 0900 111 3 111.",
        ] {
            #expect(page.contains(said), "\(said)")
        }
        #expect(!page.lowercased().contains("geen plicht"))
        for gone in ["Handelingskader", "in ontwikkeling", "Gezonde School", "Misschien moet u"] {
            #expect(!page.contains(gone), "\(gone)")
        }
        #expect(!page.contains("<script") && !page.contains("{{"))
        #expect(page.components(separatedBy: "<style>").count == 2)
        #expect(page.contains(CampaignFixture.fingerprint))
    }

    @Test func `a duty that is over is not told`() throws {
        var fixture = CampaignFixture()
        fixture.changes["duties.yaml"] = [
            (old: "d5:\n  from: 2015-08-01", new: "d5:\n  from: 2030-08-01")
        ]
        #expect(!(try fixture.make().text("scholen.html").contains("Volg de meldcode")))
    }

    @Test func `the campaign's own sentences are short and blame nobody`() throws {
        let words = try CampaignFolder(tree: RepositoryTreeTests.folder).words()
        let said = words.filter { !$0.key.hasPrefix("walk.") && $0.key != "no-theme" }
        #expect(said.count > 80)
        for (key, text) in said {
            for sentence in text.components(separatedBy: CharacterSet(charactersIn: ".?!:")) {
                let count = sentence.split(separator: " ").count
                #expect(count <= 15, "\(key) has \(count) words")
            }
            for word in ["slachtoffer", "dader", "beklaagde", "met taken belast"] {
                #expect(!text.lowercased().contains(word), "\(key)")
            }
        }
    }

    /// What is written, without markup and line breaks.
    static func words(_ markup: String) -> String {
        pieces(markup).joined(separator: " ")
    }

    /// The text between tags; lines of one text are joined.
    static func pieces(_ markup: String) -> [String] {
        var body = markup
        for part in ["style", "title", "desc"] {
            guard let start = body.range(of: "<\(part)"), let end = body.range(of: "</\(part)>")
            else { continue }
            body.removeSubrange(start.lowerBound..<end.upperBound)
        }
        let joined = body.replacing("</tspan> <tspan", with: " <tspan")
        var pieces: [String] = []
        for text in joined.components(separatedBy: "</text>") {
            var said = ""
            var isTag = false
            for letter in text {
                if letter == "<" {
                    isTag = true
                } else if letter == ">" {
                    isTag = false
                } else if !isTag {
                    said.append(letter)
                }
            }
            let tidy = said.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                .replacing("&quot;", with: "\"").replacing("&amp;", with: "&")
            if !tidy.isEmpty { pieces.append(tidy) }
        }
        return pieces
    }
}
