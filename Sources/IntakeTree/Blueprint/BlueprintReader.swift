import SealedIntake

/// Reads the words of the files into their types; a key that is not known is an error.
struct BlueprintReader {
    let findings: TreeFindings
    var blueprint = TreeBlueprint()

    /// The fields of a map, by key.
    func fields(_ value: Written?, _ what: String, allowed: [String]) -> [String: Written] {
        guard let value else { return [:] }
        guard case .map(let list, _) = value else {
            findings.error("\(what) is no map, it must be one", at: value.position)
            return [:]
        }
        for field in list where !allowed.contains(field.key.text) {
            findings.unknown("the key of \(what)", field.key, among: allowed)
        }
        return Dictionary(list.map { ($0.key.text, $0.value) }) { first, _ in first }
    }

    /// The named things of a map, in their order; each name in the one form of ids.
    func entries(
        _ value: Written?,
        _ what: String,
        except: String = ""
    ) -> [Written.Field] {
        guard let value, !value.isNull else { return [] }
        guard case .map(let list, _) = value else {
            findings.error("\(what) is no map, it must be one", at: value.position)
            return []
        }
        for field in list where field.key.text != except { checkID(field.key) }
        return list
    }

    func checkID(_ word: Word, also extra: String = "") {
        let isID = word.text.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
                || extra.utf8.contains($0)
        }
        guard isID, !word.text.isEmpty else {
            return findings.error(
                "the id \"\(word.text)\" has other letters, it must be of a-z, 0-9 and -",
                at: word.position
            )
        }
    }

    func word(_ value: Written?, _ what: String, at position: SourcePosition) -> Word? {
        guard let value, !value.isNull else {
            findings.error("\(what) is missing, it must be there", at: position)
            return nil
        }
        guard case .word(let word) = value else {
            findings.error("\(what) is no word, it must be one", at: value.position)
            return nil
        }
        return word
    }

    /// The word, when there is one.
    func optional(_ value: Written?, _ what: String) -> Word? {
        guard let value, !value.isNull else { return nil }
        return word(value, what, at: value.position)
    }

    func choice(
        _ value: Written?,
        _ what: String,
        of names: [String],
        at position: SourcePosition
    ) -> String? {
        guard let word = word(value, what, at: position) else { return nil }
        if !names.contains(word.text) { findings.unknown(what, word, among: names) }
        return word.text
    }

    func list(_ value: Written?, _ what: String) -> [Written] {
        guard let value, !value.isNull else { return [] }
        guard case .list(let list, _) = value else {
            findings.error("\(what) is no list, it must be one", at: value.position)
            return []
        }
        return list
    }

    func words(_ value: Written?, _ what: String) -> [Word] {
        list(value, what).compactMap { word($0, what, at: $0.position) }
    }

    func sources(_ value: Written?, _ what: String, at position: SourcePosition) -> [String] {
        let words: [Word] =
            if case .word(let one)? = value, !one.isNull { [one] } else {
                words(value, "the source of \(what)")
            }
        if words.isEmpty {
            findings.error("\(what) has no source, it must have one", at: position)
        }
        for word in words {
            let isPlain = word.text.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
            let isTidy = !word.text.hasPrefix(" ") && !word.text.hasSuffix(" ")
            if !isPlain || !isTidy || word.text.isEmpty || word.text.contains("  ") {
                let clause = "the source \"\(word.text)\" is not plain ASCII words, it must be"
                findings.error(clause, at: word.position)
            }
        }
        return words.map(\.text)
    }

    func day(_ value: Written?, _ what: String) -> Word? {
        guard let word = optional(value, what) else { return nil }
        guard Day(text: [UInt8](word.text.utf8)) != nil else {
            let clause = "\(what) \"\(word.text)\" is no day, it must be written YYYY-MM-DD"
            findings.error(clause, at: word.position)
            return nil
        }
        return word
    }

    /// `k=a|b, l!=c`, or a list of such, one of which must hold; no condition always holds.
    func condition(_ value: Written?, at position: SourcePosition) -> Condition {
        guard case .list(let list, _) = value else {
            guard let word = optional(value, "a condition") else { return .always(position) }
            return Condition(alternatives: alternatives(word), position: word.position)
        }
        let lists = words(value, "a condition").flatMap(alternatives)
        return Condition(
            alternatives: Condition.simplified(lists),
            position: list.first?.position ?? position
        )
    }

    private func alternatives(_ word: Word) -> [[Term]] {
        var alternatives: [[Term]] = [[]]
        for part in word.text.split(separator: ",", omittingEmptySubsequences: false) {
            let text = part.trimming()
            let sides = text.split(separator: "=", omittingEmptySubsequences: false)
            let isNegated = sides.first?.hasSuffix("!") == true
            let fact = sides.first.map { isNegated ? String($0.dropLast()) : String($0) } ?? ""
            let values =
                sides.count == 2
                ? sides[1].split(separator: "|", omittingEmptySubsequences: false) : []
            let isTidy = ([fact] + values.map(String.init)).allSatisfy {
                !$0.isEmpty && $0.utf8.allSatisfy(Self.isFactByte)
            }
            guard !values.isEmpty, isTidy else {
                let clause =
                    "the condition \"\(text)\" is not in the form, it must be k=a|b or k!=a|b"
                findings.error(clause, at: word.position)
                continue
            }
            let terms = values.map { Term(fact: fact, value: String($0), isNegated: isNegated) }
            alternatives = Condition.both(alternatives, isNegated ? [terms] : terms.map { [$0] })
        }
        if alternatives.isEmpty {
            let clause = "the condition \"\(word.text)\" can never hold, it must be able to"
            findings.error(clause, at: word.position)
        }
        return alternatives
    }

    private static func isFactByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
            || byte == 0x5F
    }
}

extension Substring {
    /// Without spaces at the ends.
    func trimming() -> String {
        var rest = self
        while rest.first == " " { rest.removeFirst() }
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }
}
