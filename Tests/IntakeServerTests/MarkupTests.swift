import Testing

@testable import intake_server

/// Text is escaped once, wherever it stands; markup is not escaped at all.
struct MarkupTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let text: String
        let html: String
        var testDescription: String { text }
    }

    static let rows = [
        Row(text: "", html: ""),
        Row(text: "Bel 112.", html: "Bel 112."),
        Row(text: "ja & nee", html: "ja &amp; nee"),
        Row(text: "&amp;", html: "&amp;amp;"),
        Row(text: "<script>", html: "&lt;script&gt;"),
        Row(text: "</style><!--", html: "&lt;/style&gt;&lt;!--"),
        Row(text: "\" onclick=\"", html: "&quot; onclick=&quot;"),
        Row(text: "' onclick='", html: "&#39; onclick=&#39;"),
        Row(text: "{{slot}} \\(gap)", html: "{{slot}} \\(gap)"),
        // A sign with an accent on it is one letter to Swift and two to a browser.
        Row(text: "\"\u{301}<\u{338}&\u{20DD}", html: "&quot;\u{301}&lt;\u{338}&amp;\u{20DD}"),
        Row(text: "\r\n\u{0}é\u{2066}1\u{2069}", html: "\r\n\u{0}é\u{2066}1\u{2069}"),
    ]

    @Test(arguments: rows)
    func `a text is escaped in an element and in an attribute`(_ row: Row) {
        let element: Markup = "<p>\(row.text)</p>"
        #expect(element.html == "<p>\(row.html)</p>")
        let attribute: Markup = "<a title=\"\(row.text)\" alt='\(row.text)'>"
        #expect(attribute.html == "<a title=\"\(row.html)\" alt='\(row.html)'>")
        #expect(Markup(text: row.text).html == row.html)
    }

    @Test(arguments: rows)
    func `markup that is put into markup is not escaped again`(_ row: Row) {
        let inner: Markup = "<b>\(row.text)</b>"
        let outer: Markup = "<p>\(inner)\("<i>" as Markup)\(row.text)</p>"
        #expect(outer.html == "<p><b>\(row.html)</b><i>\(row.html)</p>")
        #expect([inner, inner].joined(separator: "<br>").html == "\(inner.html)<br>\(inner.html)")
        #expect((inner + outer).html == inner.html + outer.html)
    }

    @Test func `a literal is ours, a number is plain, and nothing is empty`() {
        let literal: Markup = "<p class=\"e\">&amp;</p>"
        #expect(literal.html == "<p class=\"e\">&amp;</p>")
        #expect(("e\(12)" as Markup).html == "e12")
        #expect(("" as Markup).isEmpty && !literal.isEmpty)
    }

    @Test func `a template escapes a text in each of its places, and markup stands as it is`()
        throws
    {
        let filled = try PageTemplate("<p title=\"{{a}}\">{{a}}{{b}}{{c}}</p>").filled([
            "a": .text("\"<&"), "b": .markup("<b>\("&")</b>"), "c": .raw("a<b"),
        ])
        #expect(filled.html == "<p title=\"&quot;&lt;&amp;\">&quot;&lt;&amp;<b>&amp;</b>a<b</p>")
    }
}
