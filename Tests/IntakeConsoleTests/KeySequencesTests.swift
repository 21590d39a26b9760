import Testing

@testable import IntakeConsole

/// What a terminal sends for keys: none of it is text.
@Suite struct KeySequencesTests {
    @Test(arguments: [
        ("Hoi", "Hoi", 0),
        ("Ho\u{1B}[Di", "Hoi", 1), ("\u{1B}[D\u{1B}[D\u{1B}OA", "", 3),
        ("\u{1B}[1;5Dx", "x", 1),
        ("\u{1B}[200~geplakt\u{1B}[201~", "geplakt", 0), ("a\u{1B}[3~b", "ab", 1),
        ("\u{1B}b", "", 1),
        ("\u{9B}31mrood", "rood", 1), ("\u{1}a\u{7F}b", "ab", 2),
        ("een\r\ntwee\tdrie\n", "een\r\ntwee\tdrie\n", 0),
        ("\u{FEFF}Hoi", "Hoi", 0), ("einde\u{1B}", "einde", 1), ("einde\u{1B}[", "einde", 1),
        ("é\u{1B}[Cé👍", "éé👍", 1), ("[D is geen toets", "[D is geen toets", 0),
    ])
    func `a key is none of the text`(typed: String, text: String, keys: Int) {
        let removed = KeySequences.removed(from: [UInt8](typed.utf8))
        #expect(removed.text == [UInt8](text.utf8))
        #expect(removed.keys == keys)
    }
}
