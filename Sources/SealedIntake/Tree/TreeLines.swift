/// The lines of a decision tree file, each read as what it must be.
struct TreeLines {
    private var lines: NumberedLines

    init(_ bytes: [UInt8]) {
        lines = NumberedLines(bytes)
    }

    var isAtEnd: Bool { lines.isAtEnd }

    /// The line taken last is not in the form.
    var fault: DecisionTreeError { .badLine(lines.taken) }

    /// The line taken last names something again.
    var twice: DecisionTreeError { .twice(lines.taken) }

    /// The words of the next line.
    mutating func next() -> [[UInt8]] { NumberedLines.words(lines.next() ?? []) }

    func begins(with word: StaticString) -> Bool { lines.begins(with: ascii(word) + [0x20]) }

    /// The words after the first, which must be `word`; none is empty, all are printable ASCII.
    mutating func words(
        _ word: StaticString,
        atLeast count: Int
    ) throws(DecisionTreeError) -> [[UInt8]] {
        let words = next()
        guard words.first == ascii(word), words.count > count,
            words.allSatisfy({ !$0.isEmpty && $0.allSatisfy { 0x21 <= $0 && $0 <= 0x7E } })
        else { throw fault }
        return [[UInt8]](words.dropFirst())
    }

    /// The same, exactly so many.
    mutating func words(_ word: StaticString, _ count: Int) throws(DecisionTreeError) -> [[UInt8]] {
        let words = try words(word, atLeast: count)
        guard words.count == count else { throw fault }
        return words
    }

    func value<Value>(_ value: Value?) throws(DecisionTreeError) -> Value {
        guard let value else { throw fault }
        return value
    }

    func id(_ word: [UInt8]) throws(DecisionTreeError) -> [UInt8] {
        guard word.allSatisfy(isIdentifierByte) else { throw fault }
        return word
    }

    /// All `source` lines that follow.
    mutating func sources() throws(DecisionTreeError) -> [[UInt8]] {
        var sources: [[UInt8]] = []
        while begins(with: "source") {
            sources.append(joined(try words("source", atLeast: 1)))
        }
        return sources
    }

    mutating func organisation() throws(DecisionTreeError) -> TreeOrganisation {
        let words = try words("organisation", atLeast: 3)
        let channel: TreeOrganisation.Channel
        switch (words[1], words.count) {
        case (ascii("open"), 3): channel = .open
        case (ascii("school"), 3): channel = .school
        case (ascii("sealed"), 4): channel = .sealed(try value(OrganisationID(ascii: words[3])))
        default: throw fault
        }
        let anonymity: TreeOrganisation.Anonymity
        switch words[2] {
        case ascii("yes"): anonymity = .yes
        case ascii("advice"): anonymity = .advice
        case ascii("no"): anonymity = .no
        case ascii("unknown"): anonymity = .unknown
        default: throw fault
        }
        return TreeOrganisation(
            id: try id(words[0]),
            channel: channel,
            anonymity: anonymity,
            contacts: [],
            sources: []
        )
    }

    mutating func contact() throws(DecisionTreeError) -> TreeContact {
        let words = try words("contact", atLeast: 4)
        let kind: TreeContact.Kind
        switch words[0] {
        case ascii("tel"): kind = .tel
        case ascii("web"): kind = .web
        case ascii("mail"): kind = .mail
        default: throw fault
        }
        let evidence: TreeContact.Evidence
        switch words[1] {
        case ascii("read"): evidence = .read
        case ascii("none"): evidence = .none
        default: evidence = .checked(try value(Day(text: words[1])))
        }
        return TreeContact(
            kind: kind,
            value: joined([[UInt8]](words.dropFirst(3))),
            evidence: evidence,
            hours: words[2] == ascii("-") ? nil : try id(words[2])
        )
    }

    mutating func entry(
        _ organisations: [TreeOrganisation]
    ) throws(DecisionTreeError) -> TreeEntry {
        let words = try words("show", atLeast: 2)
        let block = try block(words[0])
        let isPlace = block.rawValue <= TreeEntry.Block.also.rawValue
        let organisation = organisations.firstIndex { $0.id == words[1] }
        guard !isPlace || organisation != nil else { throw fault }
        var rest = words.dropFirst(2)
        let from = try day(after: "from", &rest)
        let until = try day(after: "until", &rest)
        guard rest.isEmpty else { throw fault }
        return TreeEntry(
            block: block,
            id: try id(words[1]),
            organisation: isPlace ? organisation : nil,
            from: from,
            until: until,
            whens: [],
            sources: []
        )
    }

    private func day(
        after word: StaticString,
        _ rest: inout ArraySlice<[UInt8]>
    ) throws(DecisionTreeError) -> Day? {
        guard rest.first == ascii(word) else { return nil }
        let text = rest.dropFirst().first ?? []
        rest = rest.dropFirst(2)
        return try value(Day(text: text))
    }

    private func block(_ word: [UInt8]) throws(DecisionTreeError) -> TreeEntry.Block {
        switch word {
        case ascii("first"): .first
        case ascii("place"): .place
        case ascii("also"): .also
        case ascii("note"): .note
        case ascii("duty"): .duty
        case ascii("lead"): .lead
        case ascii("rung"): .rung
        case ascii("desk"): .desk
        default: throw fault
        }
    }

    private func joined(_ words: [[UInt8]]) -> [UInt8] {
        [UInt8](words.joined(separator: [0x20]))
    }
}
