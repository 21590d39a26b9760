import SealedIntake

/// The lines of an organisation in a directory.
package struct PaperListing: Sendable {
    package var id: String
    package var name: String
    /// Its `seal` lines, then its `desk` lines.
    package var keys: [String]
    package var batch: Int
    /// `none`, or `ID after DAYS`.
    package var escalation: String

    package init(
        id: String,
        name: String? = nil,
        keys: [String],
        batch: Int = 4,
        escalation: String = "none"
    ) {
        self.id = id
        self.name = name ?? "De \(id)"
        self.keys = keys
        self.batch = batch
        self.escalation = escalation
    }

    package var lines: [String] {
        ["organisation \(id) \(name)"] + keys + ["batch \(batch)", "escalation \(escalation)"]
    }

    package static func seal(_ key: SealingPublicKey, until day: Day) -> String {
        "seal 1 \(String(utf8: Base64.encode(key.bytes))) until \(day.description)"
    }

    package static func desk(_ key: VerifierKey) -> String { "desk \(String(utf8: key.text))" }
}
