import IntakeConsole
import SealedIntake

/// What organisations are called, as the directory this desk trusts says.
public struct OrganisationNames: Sendable {
    private let names: [OrganisationID: [UInt8]]

    init(_ directory: Directory?) {
        let listed = directory?.organisations ?? []
        names = Dictionary(listed.map { ($0.id, $0.name) }, uniquingKeysWith: { one, _ in one })
    }

    /// `Name (id)`, or the id alone where the directory does not list it; safe for a terminal.
    public func name(of id: OrganisationID) -> String {
        names[id].map { "\(Printable.line($0)) (\(id))" } ?? id.description
    }
}
