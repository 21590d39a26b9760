import SealedIntake

/// What a reporter sees at the end of a walk of one kind.
///
/// An answer, then at most two things to do; of first help and of the best places one each is in
/// sight. All else is folded, and stands in the same lists: the style knows which comes first.
struct EndingMarkup {
    private let tree: DecisionTree
    private let ending: TreeEnding
    private let wording: TreeWording
    private let rows: RowMarkup
    private let texts: EntryMarkup

    init(_ tree: DecisionTree, _ ending: TreeEnding, _ wording: TreeWording) {
        self.tree = tree
        self.ending = ending
        self.wording = wording
        rows = RowMarkup(tree, wording)
        texts = EntryMarkup(tree, wording)
    }

    /// The section; what the law asks of its reader stands before anything can be typed.
    func html() throws -> Markup {
        var parts = [try texts.titles(ending), texts.notes(ending, "h"), notes(inSight: true)]
        if ending.kind == .danger {
            parts += [try list(.first, "h"), try list(.first, "g"), try list(.first)]
            parts += [folded(wording[.also], "", try list(.also)), button("go-on", wording[.goOn])]
        } else {
            parts += [try telling("t", wording[.tell]), try list(.first, "h"), try must()]
            parts += [try telling("u", wording[.write]), try list(.place, "h"), try more()]
            parts += [try leads(), try law(), try ladder(), try why()]
        }
        let inner = parts.filter { !$0.isEmpty }.joined(separator: "\n")
        return """
            <div class="end \(ending.name)" data-end="\(ending.name)">
            \(inner)
            </div>
            """
    }

    private func button(_ name: String, _ words: Markup) -> Markup {
        "<p class=\"script\"><button type=\"button\" class=\"link\" data-\(name)>\(words)</button></p>"
    }

    /// The places of a block: those of which one is in sight (`h`), the same as the others of
    /// them (`g`), or those that have no rank.
    private func list(_ block: TreeEntry.Block, _ part: String = "") throws -> Markup {
        let places = ending.entries(of: block, in: tree)
            .filter { tree.entries[$0].isRanked(in: tree) == !part.isEmpty }
        guard !places.isEmpty else { return "" }
        let inner = try places.map { try rows.html(entry: $0) }.joined(separator: "\n")
        return "<div class=\"b\(block.rawValue) \(part)\">\n\(inner)\n</div>"
    }

    /// Telling it here: as the first thing to do (`t`), or below what the law asks (`u`).
    private func telling(_ part: String, _ words: Markup) throws -> Markup {
        let places = ending.told(in: tree)
        guard !places.isEmpty else { return "" }
        let inner = try places.map { try rows.telling(entry: $0, words) }
        return "<div class=\"\(part) h\">\(inner.joined())</div>"
    }

    private func must() throws -> Markup {
        let duties = ending.duties(ofStaff: true, in: tree)
        guard !duties.isEmpty else { return "" }
        let inner = try duties.map(texts.duty).joined()
        return "<div class=\"b must b4\">\(inner)</div>"
    }

    private func more() throws -> Markup {
        let lists: [Markup] = [
            try list(.first, "g"), try list(.first), try list(.place, "g"), try list(.also),
        ]
        return folded(wording[.also], "", lists.joined() + button("restart", wording[.again]))
    }

    private func leads() throws -> Markup {
        let leads = ending.entries(of: .lead, in: tree)
        return folded(wording[.leads], "b b5", try leads.map(texts.lead).joined())
    }

    private func law() throws -> Markup {
        let duties = ending.duties(ofStaff: false, in: tree)
        return folded(wording[.duties], "b law b4", try duties.map(texts.duty).joined())
    }

    private func ladder() throws -> Markup {
        let rungs = try ending.entries(of: .rung, in: tree).map {
            try texts.rung($0) { try rows.ways(to: $0) }
        }
        guard !rungs.isEmpty else { return "" }
        let list: Markup = "<ol class=\"ladder\">\(rungs.joined())</ol>\n"
        return folded(wording[.ladder], "b b6", list + button("stuck", wording[.stuck]))
    }

    private func why() throws -> Markup {
        folded(
            wording[.why],
            "",
            try texts.why(ending) + texts.notes(ending, "g") + notes(inSight: false)
        )
    }

    /// What to know: some of it before anything is done (`--nu` behind its name), the rest folded.
    private func notes(inSight: Bool) -> Markup {
        let notes = ending.entries(of: .note, in: tree)
            .filter { tree.entries[$0].id.ends(with: "--nu") == inSight }
            .map(texts.note).joined()
        return notes.isEmpty ? "" : "<div class=\"b3\">\(notes)</div>"
    }

    private func folded(_ title: Markup, _ name: String, _ inner: Markup) -> Markup {
        guard !inner.isEmpty else { return "" }
        return "<details class=\"fold \(name)\"><summary>\(title)</summary>\n\(inner)</details>"
    }
}

extension [UInt8] {
    /// Whether an id has such an end.
    fileprivate func ends(with end: String) -> Bool {
        suffix(end.utf8.count).elementsEqual(end.utf8)
    }
}
