/// One entry of a block: what is shown, when, and who says so.
struct TreeEntryPlan {
    let block: String
    let id: String
    let position: SourcePosition
    var from: String?
    var until: String?
    var whens: [[Term]] = []
    var sources: [String] = []

    mutating func add(_ whens: [[Term]], from sources: [String]) {
        self.whens = Condition.simplified(self.whens + whens)
        for source in sources where !self.sources.contains(source) { self.sources.append(source) }
    }
}
