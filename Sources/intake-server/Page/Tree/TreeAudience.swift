/// For whom the tree is written out.
enum TreeAudience {
    /// Who chooses, calls and tells it in person.
    case reporter
    /// Who reads it aloud to somebody on the telephone: everything has its number, whatever can
    /// be said is in sight, and nothing leads out of the page.
    case helpdesk(SpokenWords)

    /// What is said aloud, where it is.
    var spoken: SpokenWords? {
        if case .helpdesk(let words) = self { words } else { nil }
    }
}
