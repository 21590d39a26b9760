import IntakeConsole
import IntakeDesk
import SealedIntake

/// A route as a person reads it at the terminal: what presses first, what helps to decide last.
struct RoutePage {
    let route: Route
    let today: Day
    let width: Int
    let colours: Bool

    /// The lines, each within the width.
    var lines: [String] {
        var lines = [title("thread \(route.thread.thread): \(route.thread.state.word)")]
        if let walked = route.walked {
            lines += indented("by the decision tree of \(walked.validFrom.description)", by: 0)
        }
        if let note = route.basis.note { lines += urgent(note) }
        lines += section("what the reporter chose", route.answers.flatMap { indented($0.line) })
        lines += section("what you set", route.facts.flatMap { indented(String(utf8: $0.text)) })
        if let walked = route.walked { lines += outcome(of: walked) }
        let isDanger = route.walked?.isDanger ?? false
        let first = section("first help", places(.first))
        if isDanger { lines += first }
        lines += section("deadlines", deadlines + deadlineSources)
        lines += section("what holds for this desk", entries(.desk))
        lines += section("transfer", transfers)
        lines += section("duties in force today", entries(.duty))
        if !isDanger { lines += first }
        lines += section("who fits best", places(.place))
        lines += section("who may help as well", places(.also))
        lines += section("who leads at the school, and by which protocol", entries(.lead))
        lines += section("the ladder, when it does not help", entries(.rung))
        return lines + section("what you may still set", settable)
    }

    private func outcome(of walked: WalkedRoute) -> [String] {
        if let open = walked.open {
            let text = "The answers stop before \"\(open)\", so the tree says no more."
            return section("outcome", indented(text))
        }
        let items = walked.outcomes.flatMap { outcome in
            item(outcome.title, [outcome.why].compactMap { $0 }, outcome.sources)
        }
        guard walked.isDanger else { return section("outcome", items) }
        return [""] + urgent("outcome: danger") + items
    }

    private var deadlines: [String] {
        let known = route.deadlines
        return deadline(
            known.confirmBy,
            "confirm it, 7 days after it came on \(known.came.description)",
            done: known.confirmed
        )
            + deadline(
                known.answerBy,
                "answer in substance, 3 months after the confirmation",
                done: known.answered
            )
    }

    private func deadline(_ day: Day, _ what: String, done: Day?) -> [String] {
        let isLate = done == nil && day < today
        let state = done.map { "done on \($0.description)" } ?? (isLate ? "late" : "not yet")
        let line = "\(day.description)  \(what): \(state)"
        return isLate ? urgent(line, indent: 2) : indented(line)
    }

    private var deadlineSources: [String] {
        guard let sources = deadlineRule?.sources, !sources.isEmpty else { return [] }
        return indented(from(sources), by: 4)
    }

    /// What the tree says of deadlines; their days stand in a section of their own.
    private var deadlineRule: RouteEntry? {
        route.walked?.entries.first { $0.id == String(utf8: TreeName.deadline) }
    }

    /// Whether anything may leave this desk, which the command transfer holds to as well.
    private var transfers: [String] {
        guard !route.agreed.isEmpty else {
            return indented(
                "The reporter did not agree to it, and intake-admin transfer refuses without "
                    + "their yes. Ask with intake-admin reply --kind transfer --to ID"
            )
        }
        let names = route.agreed.map(route.names.name(of:)).joined(separator: ", ")
        return indented("The reporter agreed to \(names), and to nobody else.")
    }

    private func places(_ block: TreeEntry.Block) -> [String] {
        let places = route.walked?.places.filter { $0.block == block } ?? []
        return places.flatMap { place in
            item("\(place.name): \(reach(place))", contacts(of: place), place.sources)
        }
    }

    private func reach(_ place: RoutePlace) -> String {
        let way =
            switch place.channel {
            case .open: "open"
            case .school: "in the school"
            case .sealed(let id) where id == route.own: "this desk"
            case .sealed(let id): "sealed to \(route.names.name(of: id))"
            }
        let anonymity =
            switch place.anonymity {
            case .yes: "anonymous"
            case .advice: "anonymous for advice only"
            case .no: "not anonymous"
            case .unknown: "not known whether anonymous"
            }
        return "\(way), \(anonymity)"
    }

    private func contacts(of place: RoutePlace) -> [String] {
        let ways = place.contacts.map { contact in
            contact.value + (contact.hours.map { " \($0)" } ?? "")
        }
        return ways.isEmpty ? [] : [ways.joined(separator: "; ")]
    }

    private func entries(_ block: TreeEntry.Block) -> [String] {
        let entries = route.walked?.entries ?? []
        return entries.filter { $0.block == block && $0 != deadlineRule }
            .flatMap { item($0.title, $0.sentences, $0.sources) }
    }

    private var settable: [String] {
        guard let walked = route.walked, walked.open == nil, !walked.isDanger else { return [] }
        let names = Set(route.facts.map(\.name))
        return route.settable.filter { !names.contains($0.name) }.flatMap { fact in
            let values = fact.values.map { String(utf8: $0) }
            return indented(
                "--set \(String(utf8: fact.name))="
                    + (values.isEmpty ? "ID" : values.joined(separator: "|"))
            )
        }
    }

    /// A few words, the sentences behind them, and where they come from.
    private func item(_ title: String, _ sentences: [String], _ sources: [String]) -> [String] {
        let parts = sentences + [from(sources)]
        let text = parts.filter { !$0.isEmpty }.joined(separator: " ")
        return indented(title) + (text.isEmpty ? [] : indented(text, by: 4))
    }

    private func from(_ sources: [String]) -> String {
        sources.isEmpty ? "" : "[\(sources.joined(separator: ", "))]"
    }

    private func section(_ heading: String, _ body: [String]) -> [String] {
        body.isEmpty ? [] : ["", title(heading)] + body
    }

    private func indented(_ text: String, by indent: Int = 2) -> [String] {
        TextWrap.lines(text, width: width - indent)
            .map { $0.isEmpty ? "" : String(repeating: " ", count: indent) + $0 }
    }

    private func urgent(_ text: String, indent: Int = 0) -> [String] {
        indented(text, by: indent).map { TextTable.emphasised($0, .urgent, colours: colours) }
    }

    private func title(_ text: String) -> String {
        TextTable.emphasised(TextWrap.cut(text, width: width), .strong, colours: colours)
    }
}
