/// What a desk can do that holds its own keys and writes any bytes with them.
enum DeskLie: String, CaseIterable, Sendable {
    case repliesAsAnother
    case withdrawsAsAnother
    case transfersToItself
    case acknowledgesBeyond
    case acknowledgesAnotherRoot
    case signsGarbage
    case copiesTagOfAnother
    case repeatsTag
    case withdrawsAnothers
    case transfersToStranger
    case floodsWithTransfers
    case wantsPiecesOfNobody
    case repliesGarbage
    case transfersGarbage
    case transfersMutations
    case forgesConsents
    case transfersAgain
    case saysItHasMore
    case fillsOneShard
    case pollsTheDrop

    /// Whether the server refuses the stick whole.
    var isRefused: Bool {
        switch self {
        case .repliesAsAnother, .withdrawsAsAnother, .transfersToItself, .acknowledgesBeyond,
            .acknowledgesAnotherRoot, .signsGarbage:
            true
        default: false
        }
    }
}
