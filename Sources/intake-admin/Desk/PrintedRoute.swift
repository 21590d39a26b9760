import IntakeDesk
import SealedIntake

/// A route as `route --json` prints it.
struct PrintedRoute: Encodable {
    struct Outcome: Encodable {
        let id: String
        let title: String
        let why: String?
        let sources: [String]
    }

    struct Contact: Encodable {
        let value: String
        let hours: String?
        let checked: String?
    }

    struct Place: Encodable {
        let block: String
        let id: String
        let name: String
        let channel: String
        let organisation: String?
        let anonymous: String
        let contacts: [Contact]
        let sources: [String]
    }

    struct Entry: Encodable {
        let block: String
        let id: String
        let title: String
        let text: [String]
        let sources: [String]
    }

    struct Deadlines: Encodable {
        let came: String
        let confirmBy: String
        let confirmed: String?
        let answerBy: String
        let answered: String?

        private enum CodingKeys: String, CodingKey {
            case came
            case confirmBy = "confirm_by"
            case confirmed
            case answerBy = "answer_by"
            case answered
        }
    }

    struct Settable: Encodable {
        let fact: String
        let values: [String]
    }

    let thread: String
    let state: String
    let note: String?
    let answers: [PrintedThreadView.PrintedAnswer]
    let facts: [String]
    let open: String?
    let danger: Bool
    let outcomes: [Outcome]
    let places: [Place]
    let entries: [Entry]
    let deadlines: Deadlines
    let agreed: [String]
    let settable: [Settable]

    init(_ route: Route) {
        thread = route.thread.thread
        state = route.thread.state.word
        note = route.basis.note
        answers = PrintedThreadView.PrintedAnswer.list(route.answers)
        facts = route.facts.map { String(utf8: $0.text) }
        open = route.walked?.open
        danger = route.walked?.isDanger ?? false
        outcomes = route.walked?.outcomes.map(Outcome.init) ?? []
        places = route.walked?.places.map(Place.init) ?? []
        entries = route.walked?.entries.map(Entry.init) ?? []
        deadlines = Deadlines(route.deadlines)
        agreed = route.agreed.map(\.description)
        settable = route.settable.map {
            Settable(fact: String(utf8: $0.name), values: $0.values.map { String(utf8: $0) })
        }
    }
}

extension PrintedRoute.Outcome {
    init(_ outcome: RouteOutcome) {
        id = outcome.id
        title = outcome.title
        why = outcome.why
        sources = outcome.sources
    }
}

extension PrintedRoute.Place {
    init(_ place: RoutePlace) {
        block = place.block.word
        id = place.id
        name = place.name
        channel = ChannelWord(place.channel).word
        organisation = if case .sealed(let id) = place.channel { id.description } else { nil }
        anonymous = place.anonymity.word
        contacts = place.contacts.map { contact in
            .init(
                value: contact.value,
                hours: contact.hours,
                checked: contact.checked.map { $0.description }
            )
        }
        sources = place.sources
    }
}

extension PrintedRoute.Entry {
    init(_ entry: RouteEntry) {
        block = entry.block.word
        id = entry.id
        title = entry.title
        text = entry.sentences
        sources = entry.sources
    }
}

extension PrintedRoute.Deadlines {
    init(_ deadlines: Deadlines) {
        came = deadlines.came.description
        confirmBy = deadlines.confirmBy.description
        confirmed = deadlines.confirmed.map { $0.description }
        answerBy = deadlines.answerBy.description
        answered = deadlines.answered.map { $0.description }
    }
}
