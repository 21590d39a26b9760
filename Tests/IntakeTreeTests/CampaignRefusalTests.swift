import Foundation
import Testing

@testable import IntakeTree

/// Each way in which no campaign is made.
struct CampaignRefusalTests {
    @Test(arguments: ["briefje.nl", "https://briefje.nl", "https://Briefje.nl/"])
    func `a plain address is taken, with or without its scheme`(_ text: String) throws {
        #expect(try CampaignAddress(text).text == "https://briefje.nl")
    }

    @Test(arguments: [
        "http://briefje.nl", "https://briefje.nl/leerling", "briefje.nl?school=7", "briefje.nl#a",
        "briefje.nl:8443", "jan@briefje.nl", "briefje", "", "-a.nl", "a..nl", "bríefje.nl",
    ])
    func `an address that says more than a name is refused`(_ text: String) {
        #expect(throws: CampaignError.address(text)) { try CampaignAddress(text) }
    }

    @Test func `a name of 64 letters is refused, one of 63 is not`() throws {
        let long = String(repeating: "a", count: 61) + ".nl"
        #expect(throws: CampaignError.longAddress(64)) { try CampaignAddress(long) }
        #expect(try CampaignAddress(String(long.dropFirst())).name.count == 63)
    }

    @Test(arguments: [
        "", "<svg viewBox=\"0 0 37 37\"></svg>",
        CampaignFixture.qr.replacing("M0,0h7", with: "M0,0h7\\\"/><script>"),
        CampaignFixture.qr.replacing("4,4.5", with: "4 4)scale(2"),
        CampaignFixture.qr.replacing("0 0 37", with: "0 0 7"),
    ])
    func `a QR file that is no drawing of qrencode is refused`(_ svg: String) {
        #expect(throws: CampaignError.qr) { try QRDrawing(svg: svg) }
    }

    @Test func `a gap nobody fills is named`() throws {
        var fixture = CampaignFixture()
        fixture.changes["campaign/nl.yaml"] = [(old: "{{contact.ssv}}", new: "{{contact.svs}}")]
        #expect(try fixture.refusal() == .missing("contact.svs"))
    }

    @Test func `a contact nobody found is not printed but missed`() throws {
        var fixture = CampaignFixture()
        let gap = "{{contact.regenboogloket}}"
        fixture.changes["campaign/nl.yaml"] = [(old: "{{contact.ssv}}", new: gap)]
        #expect(try fixture.refusal() == .missing("contact.regenboogloket"))
    }

    @Test func `a part that is not closed is named`() throws {
        var fixture = CampaignFixture()
        fixture.changes["campaign/schoolgids.txt"] = [(old: "{{/steps}}", new: "")]
        #expect(try fixture.refusal() == .openPart("steps"))
    }

    @Test(arguments: ["leerling", "plicht-thuis"])
    func `a walk that the words do not have is named`(_ name: String) throws {
        var fixture = CampaignFixture()
        fixture.changes["campaign/nl.yaml"] = [(old: "\n  \(name): ", new: "\n  x\(name): ")]
        #expect(try fixture.refusal() == .missing("walk.\(name)"))
    }

    @Test func `an answer the tree does not know is named`() throws {
        var fixture = CampaignFixture()
        fixture.changes["campaign/nl.yaml"] = [(old: "wens=stoppen", new: "wens=stopen")]
        #expect(try fixture.refusal() == .answers("wens=stopen"))
        fixture.changes["campaign/nl.yaml"] = [
            (old: "no-theme: onbekend", new: "no-theme: onbekent")
        ]
        #expect(try fixture.refusal() == .answers("thema=onbekent"))
    }

    @Test func `words that are no YAML are told with their line`() throws {
        var fixture = CampaignFixture()
        fixture.changes["campaign/nl.yaml"] = [(old: "on-site: op", new: "on-site: op: de")]
        guard case .words(let lines)? = try fixture.refusal() else {
            Issue.record("the words must be refused")
            return
        }
        #expect(lines.first?.hasPrefix("campaign/nl.yaml:") == true)
    }

    @Test func `words without a form are missed by the name of the file`() throws {
        var fixture = CampaignFixture()
        fixture.changes["campaign/nl.yaml"] = [
            (old: "title: Niet veilig", new: "titel: Niet veilig")
        ]
        guard case .missing(let key)? = try fixture.refusal() else {
            Issue.record("the title must be missed")
            return
        }
        #expect(key.hasSuffix(".title"))
    }

    @Test func `a sheet that would be too full is not made`() throws {
        var fixture = CampaignFixture()
        let place = "on-site: op de site"
        fixture.changes["campaign/nl.yaml"] = [
            (old: place, new: place + String(repeating: ", of bij wie je vertrouwt", count: 40))
        ]
        guard case .tooLong("infographic", let excess)? = try fixture.refusal() else {
            Issue.record(
                "the sheet must be refused, not \(String(describing: try fixture.refusal()))"
            )
            return
        }
        #expect(excess > 0)
    }

    @Test func `a word wider than the sheet is not cut off`() throws {
        var fixture = CampaignFixture()
        fixture.changes["campaign/nl.yaml"] = [
            (old: "lead: Zie wie kan helpen.", new: "lead: \(String(repeating: "w", count: 200))")
        ]
        guard case .tooWide? = try fixture.refusal() else {
            Issue.record("the word must be refused")
            return
        }
    }

    @Test func `a folder without a campaign is named`() throws {
        let day = RepositoryTreeTests.today
        let order = Campaign.Order(
            address: try CampaignAddress("briefje.nl"),
            fingerprint: CampaignFixture.fingerprint,
            qr: try QRDrawing(svg: CampaignFixture.qr),
            day: day
        )
        #expect(throws: CampaignError.file("/nowhere/campaign/nl.yaml")) {
            try Campaign(CampaignFixture.uncalled, tree: "/nowhere", order: order)
        }
    }

    @Test func `a tree with errors has no campaign`() throws {
        var fixture = CampaignFixture()
        fixture.changes["wegwijzer.yaml"] = [(old: "to: wens,", new: "to: wenz,")]
        #expect(try fixture.refusal() == .tree)
    }

    @Test func `every refusal is one clause`() {
        let all: [CampaignError] = [
            .address("a b"), .longAddress(64), .file("a"), .words(["a: b"]), .missing("a"),
            .openPart("a"), .answers("a"), .qr, .tooWide("a"), .tooLong(sheet: "a", by: 3), .tree,
        ]
        for error in all { #expect(!error.clause.isEmpty && !error.clause.hasSuffix(".")) }
    }
}
