/// `organisations.yaml`, `duties.yaml` and the texts.
extension BlueprintReader {
    mutating func readOrganisations(_ file: Written) {
        for field in entries(file, "organisations") {
            blueprint.organisations.append(organisation(field))
        }
    }

    private func organisation(_ field: Written.Field) -> TreeBlueprint.Organisation {
        let what = "organisation \(field.key.text)"
        let keys = [
            "channel", "directory", "anonymous", "partner", "not_in_tree", "contacts", "source",
        ]
        let inside = fields(field.value, what, allowed: keys)
        let start = field.key.position
        var made = TreeBlueprint.Organisation(id: field.key)
        let channels = ["open", "school", "sealed"]
        made.channel =
            choice(inside["channel"], "the channel of \(what)", of: channels, at: start) ?? ""
        let answers = ["yes", "advice", "no", "unknown"]
        made.anonymous =
            choice(inside["anonymous"], "anonymous of \(what)", of: answers, at: start) ?? ""
        made.directory = optional(inside["directory"], "directory of \(what)")
        if (made.channel == "sealed") != (made.directory != nil) {
            let clause =
                "\(what) is sealed without a directory id or the other way, it must have both"
            findings.error(clause, at: start)
        }
        if made.channel == "sealed", made.anonymous != "yes" {
            let clause = "\(what) is sealed and not anonymous, a sealed one must be"
            findings.error(clause, at: start)
        }
        if let partner = inside["partner"] {
            let names = ["true", "false"]
            made.isPartner = choice(partner, "partner", of: names, at: partner.position) == "true"
        }
        made.notInTree = optional(inside["not_in_tree"], "not_in_tree of \(what)")
        made.contacts = list(inside["contacts"], "contacts of \(what)").compactMap {
            contact($0, what)
        }
        made.sources = sources(inside["source"], what, at: start)
        return made
    }

    private func contact(_ value: Written, _ what: String) -> TreeBlueprint.Contact? {
        let kinds = ["tel", "web", "mail"]
        let keys = kinds + ["hours", "evidence", "source", "read_on", "checked_on"]
        let inside = fields(value, "a contact of \(what)", allowed: keys)
        let given = kinds.filter { inside[$0] != nil }
        let owner = "a contact of \(what)"
        guard given.count == 1, let kind = given.first,
            let address = word(inside[kind], kind, at: value.position)
        else {
            let clause = "\(owner) has not one of tel, web and mail, it must have one"
            findings.error(clause, at: value.position)
            return nil
        }
        _ = sources(inside["source"], owner, at: value.position)
        let isPlain = address.text.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
        if !isPlain || address.text.contains("  ") || address.text.trimmingEnds != address.text {
            let clause = "\(owner) is not plain ASCII, it must be"
            findings.error(clause, at: address.position)
        }
        var contact = TreeBlueprint.Contact(kind: kind, value: address)
        contact.hours = optional(inside["hours"], "hours")
        if let hours = contact.hours { checkID(hours) }
        let names = ["read", "none"]
        contact.evidence =
            choice(inside["evidence"], "the evidence of \(owner)", of: names, at: value.position)
            ?? "none"
        contact.readOn = day(inside["read_on"], "read_on")
        contact.checkedOn = day(inside["checked_on"], "checked_on")
        return contact
    }

    mutating func readDuties(_ file: Written) {
        for field in entries(file, "duties", except: "inspector_facts")
        where field.key.text != "inspector_facts" {
            blueprint.duties.append(statement(field, block: "duty"))
        }
        guard case .map(let list, _) = file,
            let facts = list.first(where: { $0.key.text == "inspector_facts" }),
            case .map(let names, _) = facts.value
        else { return }
        for name in names {
            checkID(name.key, also: "_")
            let values = words(name.value, "the values of \(name.key.text)")
            for value in values { checkID(value, also: "_") }
            blueprint.deskFacts.append((name.key, values))
        }
    }

    mutating func readTexts(_ file: Written, language: String) {
        var lines: [String: Word] = [:]
        flatten(file, "", &lines)
        blueprint.texts.append((language, lines))
    }

    private func flatten(_ value: Written, _ key: String, _ lines: inout [String: Word]) {
        func inner(_ name: String) -> String { key.isEmpty ? name : key + "." + name }
        switch value {
        case .map(let list, _):
            for field in list {
                checkID(field.key, also: "_")
                flatten(field.value, inner(field.key.text), &lines)
            }
        case .list(let list, _):
            for (number, one) in list.enumerated() {
                flatten(one, inner(String(number + 1)), &lines)
            }
        case .word(let word):
            var text = word.text
            while text.last?.isWhitespace == true { text.removeLast() }
            if text.isEmpty || word.isNull {
                let clause = "the text \(key) is empty, it must say something"
                findings.error(clause, at: word.position)
            }
            let isControl = { (value: UInt32) in value < 0x20 || (0x7F..<0xA0) ~= value }
            if text.unicodeScalars.contains(where: { isControl($0.value) }) {
                let clause = "the text \(key) has a control character, it must be one line"
                findings.error(clause, at: word.position)
            }
            if text.contains("<") {
                findings.error("the text \(key) holds <, it must be plain", at: word.position)
            }
            lines[key] = Word(text: text, position: word.position)
        }
    }
}

extension String {
    /// Without spaces at the ends.
    var trimmingEnds: String { self[...].trimming() }
}
