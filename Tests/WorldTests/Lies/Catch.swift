import IntakeAudit
import SealedIntake

@testable import IntakeDesk
@testable import IntakePage

/// How a lie comes out.
enum Catch: Equatable {
    /// A desk refuses the stick whole; the proof, where there is one, holds under the log's key
    /// alone.
    case refused(RefusedImport, proof: Bool)
    /// A desk takes the stick and says so.
    case alarm(String, lasting: Bool)
    /// A desk takes the stick and does not put its name under it.
    case notCosigned
    /// The honest copy of the server does not take a stick that a desk wrote.
    case storeRefuses
    /// The page shows nothing but its refusal.
    case pageRefuses(OpeningRefusal)
    /// The page says that the device's day is another, and seals only after a second tap.
    case pageAsks
    /// The page says of a message or an answer how it stands.
    case pageShows(IntakePage.Finding.State)
    /// The page says nothing of a message that its writer sent: it is not there.
    case pageMisses
    /// Anybody who audits the public files finds it.
    case auditNames(String)
    /// A promise contradicts the log: both are signed.
    case promiseBroken
}

extension Alarm {
    /// Which alarm it is, without its numbers.
    var word: String { caseName(of: self) }

    /// The leaf it is about, of those that last.
    var leaf: UInt64? {
        switch self {
        case .directoryMissing(_, let leaf), .directoryRefused(_, let leaf),
            .directoryContradicts(_, let leaf), .directoryFell(_, _, let leaf),
            .directoryUnproven(_, let leaf, _), .acknowledgementNotGiven(_, let leaf),
            .dayFell(_, _, let leaf),
            .acknowledgementFell(_, _, let leaf), .sentWithheld(_, _, let leaf),
            .replySwapped(_, let leaf), .withdrawalNotAsked(let leaf):
            leaf
        default: nil
        }
    }
}

extension AuditError {
    /// What is wrong, without where.
    var word: String {
        switch self {
        case .rule(let error): caseName(of: error.reason)
        case .entry(_, let error): caseName(of: error)
        case .checkpoint(_, let error): caseName(of: error)
        default: caseName(of: self)
        }
    }
}

private func caseName(of value: Any) -> String {
    String(String(describing: value).prefix { $0 != "(" })
}
