import SealedIntake

/// Which organisations a world has, and how its directory lists them.
struct WorldPlan {
    struct Listed {
        let name: String
        let batch: Int
        /// Who takes over after how many days; nil for nobody.
        let escalation: (name: String, days: Int)?

        var id: OrganisationID {
            guard let id = OrganisationID(ascii: ascii(name)) else {
                preconditionFailure("a world has well-named organisations")
            }
            return id
        }
    }

    var organisations: [Listed]
    var shards = 2
    /// The most tries of a stamp; with 1 any stamp of the hour will do.
    var work: UInt16 = 1

    /// Three organisations: the first two escalate to the third.
    static let usual = WorldPlan(organisations: [
        Listed(name: "nl-vi", batch: 4, escalation: ("helpdesk", 5)),
        Listed(name: "ggd", batch: 2, escalation: ("helpdesk", 7)),
        Listed(name: "helpdesk", batch: 2, escalation: nil),
    ])
}

/// UTF-8 of a text.
func ascii(_ text: String) -> [UInt8] { [UInt8](text.utf8) }

/// The text of UTF-8.
func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
