import SealedIntake
import Testing

/// The twelve stories of `wegwijzer-scenarios.json` over the tree that children are shown.
///
/// The browser's tests read the same file.
struct ScenarioTests {
    @Test func `1. who is bullied and does not dare starts outside the school`() throws {
        let story = try Story(1)
        try story.holds()
        #expect(story.blocks(of: "aanspreekpunt-pesten") == ["also"])
        #expect(try story.channel(of: "vi") == .sealed(story.id("nl-vi")))
    }

    @Test func `2. who was touched by a teacher is told of medical help first`() throws {
        try Story(2).holds()
    }

    @Test func `3. a teacher sees the duty, and can still report`() throws {
        let story = try Story(3)
        try story.holds()
        #expect(try story.channel(of: "vi") == .sealed(story.id("nl-vi")))
    }

    @Test func `4. a board telephones first and sees two duties`() throws {
        let story = try Story(4)
        try story.holds()
        let contacts = try story.organisation("vi").contacts
        #expect(contacts.contains { $0.kind == .tel && $0.evidence != .none })
    }

    @Test func `5. a student of nineteen finds the places of an mbo`() throws {
        try Story(5).holds()
    }

    @Test func `6. a parent who is stuck is told that a complaint has a name`() throws {
        let story = try Story(6)
        try story.holds()
        #expect(try story.organisation("klachtencommissie").anonymity == .no)
    }

    @Test func `7. where nobody helped the ministry comes last`() throws {
        let story = try Story(7)
        try story.holds()
        #expect(story.shown("place").last == "ocw")
        #expect(try story.channel(of: "ocw") == .sealed(story.id("nl-ocw")))
        #expect(try story.channel(of: "helpdesk") == .sealed(story.id("helpdesk")))
    }

    @Test func `8. thoughts of death lead to the number in one step, and to no form`() throws {
        let story = try Story(8)
        try story.holds()
        #expect(story.walk.isDanger)
        #expect(try story.organisation("lijn113").contacts.first?.value == ascii("113"))
        for (_, id) in story.wegwijzer.shown(story.walk) {
            #expect(try story.channel(of: id) == .open, "\(id)")
        }
    }

    @Test func `9. a child of the islands is told of the islands' own places`() throws {
        let story = try Story(9)
        try story.holds()
        #expect(try story.organisation("guana").contacts.contains { $0.value == ascii("918") })
    }

    @Test func `10. who is bullied by a colleague gets advice alone`() throws {
        try Story(10).holds()
    }

    @Test func `11. a picture that goes round: keep the proof, do not pay`() throws {
        try Story(11).holds()
    }

    @Test func `12. discrimination is shown two places of its own`() throws {
        try Story(12).holds()
    }

    @Test func `each story is there once`() throws {
        let numbers = try VectorFile(Story.file).cases.map { try $0.number("number") }
        #expect(numbers == Array(1...12))
    }
}

/// One story, walked.
private struct Story {
    static let file = "wegwijzer-scenarios.json"

    let wegwijzer: Wegwijzer
    let walk: Walk
    private let written: VectorFile.Case

    init(_ number: Int) throws {
        written = try #require(
            try VectorFile(Self.file).cases.first { try $0.number("number") == number }
        )
        wegwijzer = try Wegwijzer()
        let pairs = try #require(written.values["answers"] as? [[String]])
        let lines = pairs.map { $0.joined(separator: "=") + "\n" }.joined()
        let answers = try #require(Answer.list([UInt8](lines.utf8)))
        walk = try wegwijzer.tree.walk(answers, on: wegwijzer.day)
    }

    /// Holds all that the file says.
    func holds() throws {
        #expect(walk.isComplete)
        #expect(wegwijzer.outcomes(walk) == strings("outcomes"))
        #expect(walk.isDanger == (written.values["danger"] as? Bool))
        let wanted = try #require(written.values["shown"] as? [String: [String]])
        for block in ["first", "place", "also", "note", "duty", "lead", "rung", "desk"] {
            #expect(shown(block) == wanted[block] ?? [], "\(block)")
        }
        let known = wegwijzer.known(walk)
        for fact in strings("knows") { #expect(known.contains(fact)) }
        try #require(!strings("hidden").isEmpty)
        for hidden in strings("hidden") { try staysHidden(hidden) }
        try #require(!strings("texts").isEmpty)
        for texts in try wegwijzer.texts() {
            for key in strings("texts").map({ [UInt8]($0.utf8) }) {
                #expect(texts[key] != nil || !texts.list(key).isEmpty)
            }
        }
    }

    /// A name that is no longer in the tree would hide nothing.
    private func staysHidden(_ name: String) throws {
        let words = name.split(separator: " ").map(String.init)
        let id = try #require(words.last)
        try #require(wegwijzer.tree.entries.contains { $0.id == [UInt8](id.utf8) }, "\(name)")
        let blocks = words.count == 2 ? [words[0]] : ["first", "place", "also"]
        for block in blocks { #expect(!shown(block).contains(id), "\(name)") }
    }

    func shown(_ block: String) -> [String] {
        wegwijzer.shown(walk).filter { $0.block == block }.map(\.id)
    }

    func blocks(of id: String) -> [String] {
        wegwijzer.shown(walk).filter { $0.id == id }.map(\.block)
    }

    func organisation(_ id: String) throws -> TreeOrganisation {
        try #require(wegwijzer.tree.organisations.first { $0.id == [UInt8](id.utf8) })
    }

    func channel(of id: String) throws -> TreeOrganisation.Channel {
        try organisation(id).channel
    }

    func id(_ text: String) throws -> OrganisationID {
        try #require(OrganisationID(ascii: [UInt8](text.utf8)))
    }

    private func strings(_ name: String) -> [String] {
        written.values[name] as? [String] ?? []
    }
}
