import IntakeDesk
import SealedIntake

/// Words for what the tree says in signs, the same for people and programs.
enum RouteWords {
    /// How a place is reached, in one word.
    static func channel(_ channel: TreeOrganisation.Channel) -> String {
        switch channel {
        case .open: "open"
        case .school: "school"
        case .sealed: "sealed"
        }
    }

    /// Whether one may stay unknown there, in one word.
    static func anonymity(_ anonymity: TreeOrganisation.Anonymity) -> String {
        switch anonymity {
        case .yes: "yes"
        case .advice: "advice"
        case .no: "no"
        case .unknown: "unknown"
        }
    }

    /// The name of a block.
    static func block(_ block: TreeEntry.Block) -> String {
        switch block {
        case .first: "first"
        case .place: "place"
        case .also: "also"
        case .note: "note"
        case .duty: "duty"
        case .lead: "lead"
        case .rung: "rung"
        case .desk: "desk"
        }
    }
}
