extension Directory {
    /// Reads the text of a directory, line by line.
    /// - Throws: ``DirectoryError/badLine(_:)``, then ``DirectoryError/inconsistent``.
    public init(text: [UInt8]) throws(DirectoryError) {
        var lines = DirectoryLines(text)
        guard lines.next() == label("directory") else { throw lines.fault }
        deployment = try lines.rest(after: "deployment ")
        serial = try lines.number(after: "serial ")
        issued = try lines.day(after: "issued ")
        expires = try lines.day(after: "expires ")
        logKeys = try lines.keys(after: "log ")
        promiseKeys = try lines.keys(after: "promise ")
        shards = try lines.u32(after: "shards ")
        work = try lines.work()
        treeDigest = try lines.digest(after: "tree ")
        var pages: [Page] = []
        while lines.begins(with: "page ") { pages.append(try lines.page()) }
        self.pages = pages
        var organisations: [Organisation] = []
        while !lines.isAtEnd { organisations.append(try lines.organisation()) }
        self.organisations = organisations
        guard isConsistent else { throw .inconsistent }
    }

    private var isConsistent: Bool {
        let ids = organisations.map { $0.id }
        return !ids.isEmpty && ids.count <= Int(UInt8.max) && hasNoTwins(ids)
            && hasNoTwins(logKeys)
            && hasNoTwins(promiseKeys)
            && hasNoTwins(pages.map { $0.language })
            && issued <= expires
            && Self.isShardCount(shards)
            && logKeys.allSatisfy { $0.name == deployment }
            && promiseKeys.allSatisfy { $0.name == Self.promiseKeyName(deployment) }
            && !hasSharedKey
            && organisations.allSatisfy(isConsistent)
    }

    /// The name of the promise keys of a deployment: `promise.` and the deployment.
    public static func promiseKeyName(_ deployment: [UInt8]) -> [UInt8] {
        ascii("promise.") + deployment
    }

    /// Whether a key is listed for checkpoints and for promises alike.
    private var hasSharedKey: Bool {
        logKeys.contains { log in promiseKeys.contains { $0.key == log.key } }
    }

    private func isConsistent(_ organisation: Organisation) -> Bool {
        let deskName = organisation.id.ascii + [0x2E] + deployment
        let untils = organisation.epochs.map { $0.until }
        let known = organisation.escalation.map { escalation in
            escalation.organisation != organisation.id
                && organisations.contains { $0.id == escalation.organisation }
        }
        return (1...1024).contains(organisation.batch) && known != false
            && hasNoTwins(organisation.deskKeys)
            && organisation.deskKeys.allSatisfy { $0.name == deskName }
            && zip(untils, untils.dropFirst()).allSatisfy { $0 < $1 }
            && organisation.epochs.allSatisfy { !$0.key.isLowOrder }
    }
}

/// Whether no element stands twice, for short lists: a `Set` would cost the page 5 KB.
private func hasNoTwins<Element: Equatable>(_ list: [Element]) -> Bool {
    list.indices.allSatisfy { list.firstIndex(of: list[$0]) == $0 }
}

/// The lines of a directory, taken one by one, counted for a person who must mend them.
private struct DirectoryLines {
    private var lines: NumberedLines

    init(_ text: [UInt8]) {
        lines = NumberedLines(text)
    }

    var isAtEnd: Bool { lines.isAtEnd }

    /// The fault of the line taken last.
    var fault: DirectoryError { .badLine(lines.taken) }

    mutating func next() -> [UInt8]? { lines.next() }

    func begins(with word: StaticString) -> Bool { lines.begins(with: ascii(word)) }

    mutating func rest(after word: StaticString) throws(DirectoryError) -> [UInt8] {
        let begins = begins(with: word)
        let rest = [UInt8]((next() ?? []).dropFirst(ascii(word).count))
        guard begins, !rest.isEmpty else { throw fault }
        return rest
    }

    /// The words of a line after its first, as many as expected.
    mutating func words(
        after word: StaticString,
        _ expected: Int
    ) throws(DirectoryError) -> [[UInt8]] {
        let words = NumberedLines.words(try rest(after: word))
        guard words.count == expected else { throw fault }
        return words
    }

    func checked<Value>(_ value: Value?) throws(DirectoryError) -> Value {
        guard let value else { throw fault }
        return value
    }

    mutating func number(after word: StaticString) throws(DirectoryError) -> UInt64 {
        let rest = try rest(after: word)
        return try checked(Decimal.decode(rest))
    }

    mutating func u32(after word: StaticString) throws(DirectoryError) -> UInt32 {
        let number = try number(after: word)
        return try checked(UInt32(exactly: number))
    }

    mutating func day(after word: StaticString) throws(DirectoryError) -> Day {
        let rest = try rest(after: word)
        return try checked(Day(text: rest))
    }

    mutating func digest(after word: StaticString) throws(DirectoryError) -> Digest {
        let rest = try rest(after: word)
        return try checked(Hex.decode(rest).flatMap { Digest(bytes: $0) })
    }

    mutating func key(after word: StaticString) throws(DirectoryError) -> VerifierKey {
        let rest = try rest(after: word)
        let key = try checked(try? VerifierKey(text: rest))
        guard key.algorithm == .ed25519 else { throw fault }
        return key
    }

    /// One line or more.
    mutating func keys(after word: StaticString) throws(DirectoryError) -> [VerifierKey] {
        var keys = [try key(after: word)]
        while begins(with: word) { keys.append(try key(after: word)) }
        return keys
    }

    mutating func work() throws(DirectoryError) -> UInt16 {
        let number = try number(after: "work ")
        return try checked(UInt16(exactly: number).flatMap { $0 > 0 ? $0 : nil })
    }

    mutating func page() throws(DirectoryError) -> Directory.Page {
        let words = try words(after: "page ", 2)
        guard Language.isValid(words[0]) else { throw fault }
        let digest = try checked(Hex.decode(words[1]).flatMap { Digest(bytes: $0) })
        return Directory.Page(language: words[0], digest: digest)
    }

    mutating func organisation() throws(DirectoryError) -> Organisation {
        let line = try rest(after: "organisation ")
        let idText = [UInt8](line.prefix { $0 != 0x20 })
        let id = try checked(OrganisationID(ascii: idText))
        let name = [UInt8](line.dropFirst(idText.count + 1))
        guard NumberedLines.words(name).allSatisfy({ !$0.isEmpty }) else { throw fault }
        var epochs = [try epoch()]
        while begins(with: "seal ") { epochs.append(try epoch()) }
        let deskKeys = try keys(after: "desk ")
        return Organisation(
            id: id,
            name: name,
            epochs: epochs,
            deskKeys: deskKeys,
            batch: try u32(after: "batch "),
            escalation: try escalation()
        )
    }

    private mutating func epoch() throws(DirectoryError) -> Organisation.Epoch {
        let words = try words(after: "seal ", 4)
        guard words[0] == [0x31], words[2] == ascii("until") else { throw fault }
        let key = try checked(Base64.decode(words[1]).flatMap { SealingPublicKey(bytes: $0) })
        return Organisation.Epoch(key: key, until: try checked(Day(text: words[3])))
    }

    private mutating func escalation() throws(DirectoryError) -> Organisation.Escalation? {
        if lines.peeked == ascii("escalation none") {
            _ = next()
            return nil
        }
        let words = try words(after: "escalation ", 3)
        guard words[1] == ascii("after") else { throw fault }
        let id = try checked(OrganisationID(ascii: words[0]))
        let days = try checked(Decimal.decode(words[2]).flatMap { UInt32(exactly: $0) })
        guard (1...366).contains(days) else { throw fault }
        return Organisation.Escalation(organisation: id, days: days)
    }
}
