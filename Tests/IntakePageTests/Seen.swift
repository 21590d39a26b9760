import Testing

@testable import IntakePage

/// One finding as the page reads it.
struct Seen: Equatable {
    var organisation: String
    var state: Finding.State
    var day: String
    var until = ""
    var other = ""
    var words = ""

    init(
        _ organisation: String,
        _ state: Finding.State,
        _ day: String,
        until: String = "",
        other: String = "",
        words: String = ""
    ) {
        self.organisation = organisation
        self.state = state
        self.day = day
        self.until = until
        self.other = other
        self.words = words
    }

    init(_ parts: [[UInt8]]) throws {
        let number = try #require(Parts.number(in: parts[1]))
        self.init(
            text(parts[0]),
            try #require(Finding.State(rawValue: Int(number))),
            text(parts[4]),
            until: text(parts[5]),
            other: text(parts[6]),
            words: text(parts[7])
        )
    }
}
