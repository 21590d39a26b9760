import SealedIntake
import Testing

@testable import IntakeConsole

/// One passphrase on different keyboards (RFC 8265, OpaqueString).
@Suite struct PassphraseTests {
    private func typable(_ typed: String) throws -> String {
        String(utf8: try Passphrase.typable(SecretBytes(copying: [UInt8](typed.utf8))).exposed)
    }

    /// What is tried in turn, until something opens.
    private func tried(_ typed: [UInt8]) throws -> [String] {
        var tried: [String] = []
        _ = try Passphrase.tried(SecretBytes(copying: typed)) { one -> Int? in
            tried.append(String(utf8: one.exposed))
            return nil
        }
        return tried
    }

    @Test(arguments: [
        ("zes woorden", "zes woorden"), ("cafe\u{301}", "café"), ("\u{FEFF}woord", "woord"),
        ("\u{1B}[200~woord\u{1B}[201~", "woord"), ("een\u{A0}twee\u{3000}drie", "een twee drie"),
        ("\u{FEFF}\u{1B}[200~e\u{308}\u{1B}[201~", "ë"),
        ("می\u{200C}خواهم", "می\u{200C}خواهم"), ("ＡＢＣ", "ＡＢＣ"),
    ])
    func `a new one is kept as every keyboard types it`(typed: String, kept: String) throws {
        #expect(try typable(typed).unicodeScalars.elementsEqual(kept.unicodeScalars))
    }

    @Test(arguments: [
        "woord\u{1B}[D", "\u{1}woord", "woo\trd", "woord\u{200B}", "\u{202E}woord",
        "\u{F8FF}", "a\u{AD}b", "\u{3164}",
    ])
    func `a new one that nobody can type again is refused`(typed: String) {
        #expect(throws: PassphraseError.notTypable) { try typable(typed) }
    }

    @Test func `a new one that is empty, too long or no UTF-8 is refused`() {
        for typed in ["\u{FEFF}", "\u{1B}[200~\u{1B}[201~"] {
            #expect(throws: PassphraseError.empty) { try typable(typed) }
        }
        let long = String(repeating: "a", count: 1025)
        #expect(throws: PassphraseError.tooLong) { try typable(long) }
        #expect(throws: PassphraseError.notTypable) {
            _ = try Passphrase.typable(SecretBytes(copying: [0x63, 0x61, 0x66, 0xE9]))
        }
    }

    @Test func `one is tried as given, then normalised, then with accents apart`() throws {
        #expect(try tried([UInt8]("zes woorden".utf8)) == ["zes woorden"])
        let apart = try tried([UInt8]("cafe\u{301}".utf8)).map { Array($0.unicodeScalars).count }
        #expect(apart == [5, 4])
        let composed = try tried([UInt8]("caf\u{E9}".utf8)).map { Array($0.unicodeScalars).count }
        #expect(composed == [4, 5])
        #expect(try tried([UInt8]("\u{1B}[200~zes\u{1B}[201~".utf8)).last == "zes")
        #expect(try tried([0x63, 0xE9]).count == 1)
        #expect(try tried([0xEF, 0xBB, 0xBF]).count == 1)
    }

    @Test func `the first that opens is the last that is tried`() throws {
        var tried = 0
        let opened = try Passphrase.tried(SecretBytes(copying: [UInt8]("é".utf8))) { _ -> Int? in
            tried += 1
            return 7
        }
        #expect(opened == 7 && tried == 1)
    }
}
