import SealedIntake

/// A place that can help as one quiet row, which opens to all that is known of it.
struct RowMarkup {
    private let tree: DecisionTree
    private let wording: TreeWording
    private let ways: ContactMarkup

    init(_ tree: DecisionTree, _ wording: TreeWording) {
        self.tree = tree
        self.wording = wording
        ways = ContactMarkup(wording)
    }

    /// The row of an entry: name, what it does, whether one stays unknown; then the ways there.
    func html(entry: Int) throws -> Markup {
        guard let index = tree.entries[entry].organisation else { return "" }
        let organisation = tree.organisations[index]
        let id = String(utf8: organisation.id)
        let key = "organisation.\(id)."
        let what = try wording.text(key + "what")
        let body: Markup = """
            <p>\(try wording.text(key + "when"))</p>
            \(ways.others(of: organisation))\
            <ul class="can" aria-label="\(wording[.can])">\(items(key + "can"))</ul>
            <ul class="cannot" aria-label="\(wording[.cannot])">\(items(key + "cannot"))</ul>
            """
        return """
            <div class="e e\(entry)"><details><summary>\
            <h3>\(try wording.text(key + "name"))</h3> \
            <small>\(what) <i>\(try wording.text(key + "anonymity"))</i></small></summary>
            \(body)</details>\(direct(organisation))</div>
            """
    }

    /// Telling it to a place in sight.
    func telling(entry: Int, _ words: Markup) throws -> Markup {
        guard let index = tree.entries[entry].organisation,
            case .sealed(let desk) = tree.organisations[index].channel
        else { return "" }
        let id = String(utf8: tree.organisations[index].id)
        let place = String(utf8: desk.ascii)
        return """
            <div class="e e\(entry)" data-with="\(id)">\
            <p class="script buttons"><button type="button" class="button" data-tell="\(place)">\
            \(words)</button></p>\
            <p class="hint">\(wording[.reads]) \(try wording.text("organisation.\(id).name"))</p>\
            <p class="hint closed">\(wording[.closed])</p>\
            <p class="hint no-script">\(wording[.needsScript])</p></div>
            """
    }

    /// All ways to a place; empty where none is known.
    func ways(to index: Int) throws -> Markup {
        let organisation = tree.organisations[index]
        return ways.others(of: organisation) + direct(organisation)
    }

    /// What can be done at once: call, chat, write.
    private func direct(_ organisation: TreeOrganisation) -> Markup {
        let inner = ways.direct(of: organisation) + writing(organisation)
        return inner.isEmpty ? "" : "<p class=\"w\">\(inner)</p>"
    }

    private func writing(_ organisation: TreeOrganisation) -> Markup {
        guard case .sealed(let id) = organisation.channel else { return "" }
        let place = String(utf8: id.ascii)
        return """
            <button type="button" class="script" data-tell="\(place)">\(wording[.write])</button>
            """
    }

    private func items(_ key: String) -> Markup {
        wording.list(key).map { "<li>\($0)</li>" }.joined()
    }
}
