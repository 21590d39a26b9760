import SealedIntake

/// Why a bundle was refused, as the journal keeps it; the raw value stands in vaults.
public enum RefusedImport: UInt64, Sendable, CaseIterable {
    case noBundle = 1
    case damaged = 2
    case otherOrganisation = 3
    case otherDeployment = 4
    case notSigned = 5
    case badSignature = 6
    case wronglySigned = 7
    case noDirectory = 8
    case stickMissing = 9
    case otherHistory = 10
    case witnessDiffers = 11
    case changedWhileReading = 12
    case otherStart = 13
    case twoRoots = 14
    /// A reason that this version does not know.
    case other = 0

    /// The reason of a number in the journal.
    init(number: UInt64) {
        self = RefusedImport(rawValue: number) ?? .other
    }

    /// What was found, in a few words.
    public var clause: String {
        switch self {
        case .noBundle: "no bundle"
        case .damaged: "damaged or changed"
        case .otherOrganisation: "of another organisation"
        case .otherDeployment: "of another deployment"
        case .notSigned: "not signed by a trusted log key"
        case .badSignature: "a signature does not hold"
        case .wronglySigned: "the server signed what it must not"
        case .noDirectory: "no directory yet"
        case .stickMissing: "a stick is missing in between"
        case .otherHistory: "another history than the one held"
        case .witnessDiffers: "another history than another desk's"
        case .changedWhileReading: "the file changed while it was read"
        case .otherStart: "another start than the one accepted"
        case .twoRoots: "two logs of one size, both signed"
        case .other: "a reason this version does not know"
        }
    }
}
