import SealedIntake

/// A directory before anybody signs it; whatever a test needs in it can be put there.
package struct PaperDirectory: Sendable {
    package var deployment: [UInt8]
    package var serial: UInt64 = 1
    package var issued = day("2026-01-01")
    package var expires = day("2031-01-01")
    package var logKeys: [VerifierKey]
    package var promiseKeys: [VerifierKey]
    package var shards = 1
    package var work: UInt16 = 1
    /// SHA-256 of the decision tree.
    package var tree = Digest(of: [])
    /// Lines before the first organisation that the parts above have no word for.
    package var more: [String] = []
    package var listings: [PaperListing]

    package init(
        deployment: [UInt8],
        log: VerifierKey,
        promise: VerifierKey,
        listings: [PaperListing] = []
    ) {
        self.deployment = deployment
        logKeys = [log]
        promiseKeys = [promise]
        self.listings = listings
    }

    package var lines: [String] {
        let head = [
            "sealedintake/v1/directory", "deployment \(String(utf8: deployment))",
            "serial \(serial)", "issued \(issued.description)", "expires \(expires.description)",
        ]
        let keys =
            logKeys.map { "log \(String(utf8: $0.text))" }
            + promiseKeys.map { "promise \(String(utf8: $0.text))" }
        let terms = ["shards \(shards)", "work \(work)", "tree \(String(utf8: tree.hex))"]
        return head + keys + terms + more + listings.flatMap(\.lines)
    }

    package var text: [UInt8] { [UInt8](lines.map { $0 + "\n" }.joined().utf8) }
}
