import Testing

@testable import IntakeConsole

/// What a terminal is shown: nothing it obeys, nothing too wide.
@Suite struct TerminalTests {
    @Test(arguments: [
        ("\u{1B}[2J\u{1B}]0;titel\u{7}", "<U+001B>[2J<U+001B>]0;titel<U+0007>"),
        ("\u{9B}31m", "<U+009B>31m"),
        ("abc\u{202E}fed", "abc<U+202E>fed"),
        ("a\u{2066}b\u{2069}", "a<U+2066>b<U+2069>"),
        ("\u{200E}\u{061C}\u{FEFF}\u{00AD}", "<U+200E><U+061C><U+FEFF><U+00AD>"),
        ("on\u{200B}zicht\u{2060}baar", "on<U+200B>zicht<U+2060>baar"),
        ("\u{E0041}\u{F0000}", "<U+E0041><U+F0000>"),
        ("\r\u{8}\u{7F}", "<U+000D><U+0008><U+007F>"),
        ("a\u{2028}b\u{A0}c", "a<U+2028>b<U+00A0>c"),
        ("hangul \u{3164}", "hangul <U+3164>"),
    ])
    func `what a terminal obeys or hides is shown`(typed: String, shown: String) {
        #expect(Printable.line(typed) == shown)
    }

    @Test func `letters of all scripts, accents and pictograms stay`() {
        let words = "Één café, mañana, Ελλάδα, مرحبا, שלום, नमस्ते, 学校, 👩‍👧 ❤️"
        #expect(Printable.text([UInt8](words.utf8)) == words)
        #expect(Printable.text([UInt8]("regel\nregel".utf8)) == "regel\nregel")
        #expect(Printable.line("regel\nregel") == "regel<U+000A>regel")
        #expect(Printable.text([0x61, 0xFF, 0x62]) == "a\u{FFFD}b")
    }

    @Test(arguments: [
        "می\u{200C}خواهم", "نمی\u{200C}دانم", "ه\u{200D}.ش", "क्\u{200D}ष", "क्\u{200C}ष",
        "ක්\u{200D}ෂ",
        "മലയാള് \u{D4D}\u{200D}", "สวัส\u{200B}ดี", "ភាសា\u{200B}ខ្មែរ",
        "ᠨᠢ\u{180E}ᠠ\u{180B}",
        "👨\u{200D}👩\u{200D}👧\u{200D}👦", "❤\u{FE0F}\u{200D}🔥", "👩🏽\u{200D}⚕\u{FE0F}", "☂\u{FE0E}",
        "1\u{FE0F}\u{20E3}",
        "🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}",
        "葛\u{E0100}", "≩\u{FE00}", "\u{600}١٢",
    ])
    func `what belongs to how a script is written stays`(written: String) {
        #expect(Printable.line(written).unicodeScalars.elementsEqual(written.unicodeScalars))
        #expect(Printable.text([UInt8](written.utf8)) == Printable.line(written))
    }

    @Test(arguments: [
        ("pa\u{200C}ss", "pa<U+200C>ss"), ("pa\u{200D}ss", "pa<U+200D>ss"),
        ("a\u{200B}b", "a<U+200B>b"),
        ("می\u{200C}\u{200C}خ", "می<U+200C><U+200C>خ"), ("می\u{200C} ", "می<U+200C> "),
        ("👨\u{200D}", "👨<U+200D>"), ("👨\u{200D}a", "👨<U+200D>a"), ("1\u{200D}2", "1<U+200D>2"),
        ("a\u{FE0F}", "a<U+FE0F>"), ("a\u{FE00}", "a<U+FE00>"), ("1\u{FE0F}2", "1<U+FE0F>2"),
        ("a\u{E0100}", "a<U+E0100>"), ("\u{200D}👨", "<U+200D>👨"),
        ("🏴\u{E0067}\u{E0062}", "🏴<U+E0067><U+E0062>"),
        ("👍\u{E0067}\u{E0062}\u{E0061}\u{E007F}", "👍<U+E0067><U+E0062><U+E0061><U+E007F>"),
        ("مرحبا\u{202E}a", "مرحبا<U+202E>a"), ("\u{2800}a", "<U+2800>a"),
    ])
    func `the same signs elsewhere hide something and are shown`(typed: String, shown: String) {
        #expect(Printable.line(typed) == shown)
    }

    @Test func `a space of any kind is one in what people wrote`() {
        let written = [UInt8]("ik\u{A0}ben\u{202F}12\u{3000}jaar".utf8)
        #expect(Printable.text(written) == "ik ben 12 jaar")
        #expect(Printable.text([UInt8]("\u{A0}\u{3164}".utf8)) == "<U+00A0><U+3164>")
        #expect(Printable.text([]) == "")
    }

    @Test func `joiners do not widen letters, and let no more marks pile up`() {
        #expect(TextWidth.of("می\u{200C}خواهم") == 7)
        #expect(TextWidth.of("สวัส\u{200B}ดี") == 4)
        #expect(TextWidth.of("👨\u{200D}👩\u{200D}👧") == 2)
        let piled = "क" + String(repeating: "\u{94D}\u{200D}", count: 9)
        #expect(Printable.line(piled).contains("<U+094D>"))
    }

    @Test func `marks piled on one letter are shown one by one`() {
        let piled = "a" + String(repeating: "\u{0301}", count: 9)
        let kept = "a" + String(repeating: "\u{0301}", count: 4)
        let shown = String(repeating: "<U+0301>", count: 5)
        #expect(Printable.line(piled).unicodeScalars.elementsEqual((kept + shown).unicodeScalars))
    }

    @Test func `text is broken at spaces and within words that are too long`() {
        #expect(TextWrap.lines("een twee drie", width: 8) == ["een twee", "drie"])
        #expect(TextWrap.lines("aaaaaaaaaaaa b", width: 5) == ["aaaaa", "aaaaa", "aa b"])
        #expect(TextWrap.lines("学校学校", width: 5) == ["学校", "学校"])
        #expect(TextWrap.lines("", width: 5) == [""])
        #expect(TextWrap.lines("a\n\nb", width: 5) == ["a", "", "b"])
        let long = String(repeating: "lang woord ", count: 200)
        #expect(TextWrap.lines(long, width: 78).allSatisfy { TextWidth.of($0) <= 78 })
    }

    @Test func `a table keeps to its width and cuts what may be cut`() {
        var table = TextTable([
            .fixed("thread"), .flexible("theme", least: 6), .fixed("state"),
        ])
        table.add(["1a2b3c4d", String(repeating: "thema", count: 20), "new"])
        table.add(["5e6f7a8b", "学校", "closed"])
        let lines = table.lines(width: 40, colours: false)
        #expect(lines.allSatisfy { TextWidth.of($0) <= 40 })
        #expect(lines[1].contains("…"))
        #expect(lines[2].contains("学校"))
        let states = lines.map { line in line.split(separator: " ").last.map(String.init) }
        #expect(states == ["state", "new", "closed"])
    }

    @Test func `the note of a row stands below it, broken to the width, in its emphasis`() {
        var table = TextTable([.fixed("thread")])
        table.add(["1a2b3c4d"], .faint, note: String(repeating: "woord ", count: 9) + "eind")
        let lines = table.lines(width: 40, colours: false)
        #expect(lines.count == 4)
        #expect(lines.allSatisfy { TextWidth.of($0) <= 40 })
        #expect(lines[2].hasPrefix("  woord") && lines[3].hasSuffix("eind"))
        let coloured = table.lines(width: 40, colours: true)
        #expect(coloured.dropFirst().allSatisfy { $0.hasPrefix("\u{1B}[2m") })
    }

    @Test func `no colour code stands where there are no colours`() {
        var table = TextTable([.fixed("a")])
        table.add(["b"], .urgent)
        #expect(!table.lines(width: 80, colours: false).joined().contains("\u{1B}"))
        #expect(table.lines(width: 80, colours: true).joined().contains("\u{1B}[1;31m"))
    }

    @Test func `JSON escapes what a terminal obeys`() {
        let json = JSONText.encode(["a": "\u{9B}2J\u{202E}\u{1B}\u{E0041}é"])
        #expect(json.contains(#"\u009b2J\u202e\u001b\udb40\udc41é"#))
    }

    @Test func `a typed passphrase takes back letters whole and can be cancelled`() {
        var line = TypedLine(longest: 8)
        for key in [UInt8]("aé\u{7F}b\u{15}cdé\n".utf8) { line.take(key) }
        #expect(line.bytes == [UInt8]("cdé".utf8))
        #expect(line.isEnded && !line.isCancelled)
        var cancelled = TypedLine(longest: 8)
        for key in [UInt8]("ab\u{3}".utf8) { cancelled.take(key) }
        #expect(cancelled.isEnded && cancelled.isCancelled)
        var full = TypedLine(longest: 2)
        for key in [UInt8]("abcd".utf8) { full.take(key) }
        #expect(full.bytes == [UInt8]("ab".utf8))
    }
}
