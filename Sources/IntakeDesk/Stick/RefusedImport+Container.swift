import SealedIntake

extension RefusedImport {
    /// The reason of a refusal.
    init(_ fault: ContainerError) {
        switch fault {
        case .bundle(let error): self.init(error)
        case .noDirectory: self = .noDirectory
        case .stickMissing: self = .stickMissing
        case .otherHistory: self = .otherHistory
        case .witnessDiffers: self = .witnessDiffers
        case .changedWhileReading: self = .changedWhileReading
        case .otherStart: self = .otherStart
        case .twoRoots: self = .twoRoots
        case .checkpointNotTrusted: self = .notSigned
        }
    }

    private init(_ error: BundleError) {
        switch error {
        case .wrongMagic: self = .noBundle
        case .cut, .tooLong, .noteTooLong, .rowsDigest, .wrongObject: self = .damaged
        case .note(.otherOrigin): self = .otherDeployment
        case .note(.notSigned): self = .notSigned
        case .note(.badSignature): self = .badSignature
        case .note: self = .damaged
        case .otherOrganisation: self = .otherOrganisation
        case .badManifest, .badRow, .leaf, .wrongRoot, .badAcknowledgement: self = .wronglySigned
        }
    }
}
