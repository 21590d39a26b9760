/// Whose rows are in sight, on which walks.
///
/// Of first help it is the first that can be called or told, of the places the first that first
/// help does not show already. What else there is, is folded.
struct TreeSight {
    /// The walks on which each organisation's row is in sight.
    private(set) var walks: [String: Int] = [:]

    init(_ blueprint: TreeBlueprint, _ entries: [TreeEntryPlan], _ model: inout TreeModel) {
        let reachable = blueprint.organisations.filter(\.hasRow).map(\.id.text)
        var first: [String: Int] = [:]
        for entry in entries where entry.block == "first" { first[entry.id] = model.shown(entry) }
        rank(
            entries.filter { $0.block == "first" && reachable.contains($0.id) }
                .map { ($0.id, first[$0.id] ?? TruthDiagram.no) },
            &model
        )
        var places: [(id: String, shown: Int)] = []
        for entry in entries where entry.block == "place" {
            let already = first[entry.id] ?? TruthDiagram.no
            places.append((entry.id, model.without(model.shown(entry), already)))
        }
        rank(places, &model)
    }

    /// Of a list, each is in sight where nothing before it is shown.
    private mutating func rank(_ list: [(id: String, shown: Int)], _ model: inout TreeModel) {
        // The walks on which nothing is shown yet: they become fewer with each.
        var left = model.complete
        for (id, shown) in list {
            let here = model.and(shown, left)
            walks[id] = model.any([walks[id] ?? TruthDiagram.no, here])
            left = model.without(left, shown)
        }
    }
}

extension TreeBlueprint.Organisation {
    /// Whether first help can show a row of it: there is a way to reach it, or a key to tell it to.
    fileprivate var hasRow: Bool { channel == "sealed" || contacts.contains(where: \.isShown) }
}
