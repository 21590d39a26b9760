import SealedIntake

/// One visit of one person: what was verified, and the keys of the code, while the page is open.
final class Visit {
    /// Which deployment, under which roots; nil until started.
    var site: Site?

    /// What is public, verified; nil until opened.
    var opened: OpenedVisit?

    /// The code; nil until made or read.
    var code: Code?

    /// The keys of the code; nil until its root was taken.
    var keys: ReporterKeys?

    /// Its tags; nil until they were needed.
    var tags: OwnTags?

    /// Its leaves in the log in view; nil until they were looked for.
    var own: OwnLeaves?

    /// The search for a stamp, in a machine of its own; nil until begun.
    var search: StampSearch?

    /// Takes what the page holds from the start; nil where that is not in its form.
    func start(_ site: Site?) -> Outcome {
        guard let site else { return .refused(StartRefusal.rootsUnreadable) }
        self.site = site
        return .done()
    }
}

/// Why a visit does not start.
enum StartRefusal: Int32 {
    case rootsUnreadable = 1
}

/// A code and nothing else; a class so that it can be held and let go.
final class Code {
    let token: FollowUpToken

    init(_ token: consuming FollowUpToken) {
        self.token = token
    }
}
