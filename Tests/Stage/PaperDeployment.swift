import SealedIntake

/// A deployment that exists on paper: everybody who signs for it.
package final class PaperDeployment: Sendable {
    package let name: [UInt8]
    package let roots: PaperRoots
    package let log: NoteSigner
    package let promise: NoteSigner
    package let organisations: [PaperOrganisation]

    package init(_ name: String, of organisations: [String], threshold: Int = 1) {
        let name = [UInt8](name.utf8)
        self.name = name
        roots = PaperRoots(threshold: threshold)
        log = NoteSigner(name: name, pair: .random())
        promise = NoteSigner(name: Directory.promiseKeyName(name), pair: .random())
        self.organisations = organisations.map { PaperOrganisation($0, of: name) }
    }

    /// One of its organisations.
    package subscript(name: String) -> PaperOrganisation {
        known(organisations.first { $0.id.description == name })
    }

    /// A directory that lists all of them, with sealing keys until a day.
    package func directory(until day: Day) -> PaperDirectory {
        PaperDirectory(
            deployment: name,
            log: log.verifierKey,
            promise: promise.verifierKey,
            listings: organisations.map { $0.listing(until: day) }
        )
    }
}
