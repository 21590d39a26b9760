import Foundation
import Testing

@testable import SealedIntake

struct TokenTests {
    @Test func `every vector reads and spells as it must`() throws {
        for vector in try VectorFile("token.json").cases {
            let text = try vector.text("text")
            guard !vector.isRefused else {
                #expect(throws: TokenError.self) { _ = try FollowUpToken(reading: text) }
                continue
            }
            let token = try FollowUpToken(reading: text)
            #expect(token.bytes.exposed == (try vector.hex("bytes")), "\(vector.comment)")
            let spelled = FollowUpToken(bytes: SecretBytes(copying: try vector.hex("bytes")))
            if vector.comment == "round trip" {
                #expect([UInt8](spelled.lines.joined(separator: [0x20])) == text)
            }
        }
    }

    @Test func `the table is the one of the specification`() throws {
        let file = try VectorFile.bytes("token-syllables.txt")
        let lines = file.split(separator: 0x0A).map { [UInt8]($0) }
        #expect(lines.count == TokenSyllables.count)
        #expect((0..<UInt16(lines.count)).map(TokenSyllables.letters) == lines)
    }

    @Test func `a refusal says what is wrong and where`() {
        let good = "baf-bel-faf taz-ber-din man-bat-vun"
        let bad: [(String, TokenError)] = [
            ("", .wrongLength(found: 0)),
            ("baf", .wrongLength(found: 3)),
            (good + "-baf", .wrongLength(found: 30)),
            ("lul" + good.dropFirst(3), .notASyllable(index: 0)),
            (good.dropLast(3) + "xxx", .notASyllable(index: 8)),
            ("bag" + good.dropFirst(3), .checkFails),
        ]
        for (text, error) in bad {
            #expect(throws: error, "\(text)") {
                _ = try FollowUpToken(reading: [UInt8](text.utf8))
            }
        }
    }

    @Test func `each of a thousand random tokens reads as it is spelled`() throws {
        for _ in 0..<1000 {
            let token = FollowUpToken.random()
            let again = try FollowUpToken(reading: [UInt8](token.lines.joined(separator: [0x0A])))
            let isSame = again.bytes.isEqual(to: token.bytes)
            #expect(isSame)
        }
    }

    @Test func `a text that holds the token is found, however it is written`() {
        let token = FollowUpToken(bytes: SecretBytes(copying: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]))
        let holding = [
            "mijn code is baf-bel-faf taz-ber-din man-bat-vun, bewaar hem",
            "xxBAFBELFAFTAZBERDINMANBATVUNxx", "b4f b3l faf\ntaz ber din\nman bat vun",
        ]
        let free = [
            "", "baf-bel-faf taz-ber-din", "iets heel anders dat lang genoeg is om te tellen",
        ]
        for (text, isHeld) in holding.map({ ($0, true) }) + free.map({ ($0, false) }) {
            let isContained = token.isContained(in: [UInt8](text.utf8))
            #expect(isContained == isHeld, "\(text)")
            #expect(FollowUpToken.isWritten(in: [UInt8](text.utf8)) == isHeld, "\(text)")
        }
    }

    @Test func `a token of any visit is found in a text, however it is written`() {
        let holding = [
            "Vorige keer: BAF BEL FAF, TAZ BER DIN, MAN BAT VUN. Help!",
            "Code\n1. baf bel faf\n2. taz ber din\n3. man bat vun",
            "bafbelfaftazberdinmanbatvun", "b\na\nf-bel-faf  taz/ber/din  man.bat.vun",
        ]
        let free = [
            "bag-bel-faf taz-ber-din man-bat-vun", "baf-bel-faf taz-ber-din man-bat",
            String(repeating: "Ze wachten me elke dag op bij de fietsen. ", count: 200),
            String(repeating: "bal bel bil bol bul ", count: 400),
        ]
        for (text, isHeld) in holding.map({ ($0, true) }) + free.map({ ($0, false) }) {
            #expect(FollowUpToken.isWritten(in: [UInt8](text.utf8)) == isHeld, "\(text)")
        }
    }

    @Test(arguments: [
        "1. baf-bel-faf\n2. taz-ber-din\n3. man-bat-vun",
        "1) baf-bel-faf 2) taz-ber-din 3) man-bat-vun",
        "baf-bel-faf taz-ber-din man-bat-vun baf-bel-faf taz-ber-din man-bat-vun",
        "mijn code is baf-bel-faf taz-ber-din man-bat-vun.",
        "baf-bel-faf taz-ber-din man-bat-vun-baf",
    ])
    func `one token is read wherever it stands`(typed: String) throws {
        let token = try FollowUpToken(writtenIn: [UInt8](typed.utf8))
        #expect(token.bytes.exposed == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    }

    @Test(arguments: [
        ("", TokenError.wrongLength(found: 0)),
        ("baf-bel-faf taz-ber-din man-bat", .wrongLength(found: 24)),
        ("baf-be-faf taz-ber-din man-bat-vun", .wrongLength(found: 26)),
        ("baf-bel-faf taz-ber-din man-bat-qqq", .notASyllable(index: 8)),
        ("baf-bel-faf taz-ber-din man-bat-vun baf-baf-baf baf-baf-baf baf-baf-fid", .several),
    ])
    func `where no token stands, what is wrong with all of it is told`(
        typed: String,
        error: TokenError
    ) {
        #expect(throws: error) {
            _ = try FollowUpToken(writtenIn: [UInt8](typed.utf8))
        }
    }
}
