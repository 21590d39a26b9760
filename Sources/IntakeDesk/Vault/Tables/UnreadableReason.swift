import IntakeOpening
import SealedIntake

/// Why an envelope of ours is shown as unreadable; the raw value stands in vaults.
public enum UnreadableReason: UInt8, Sendable, CaseIterable {
    case notAnEnvelope = 1
    case notForTheseKeys = 2
    case commitmentBroken = 3
    case textChanged = 4
    case badFrame = 5
    case notUnderstood = 6
    case badFields = 7
    case lowOrderReplyKey = 8
    case badSignature = 9
    case otherOrganisation = 10
    case tagKeyDoesNotOpen = 11
    case wrongTag = 12
    case slotUsed = 13
    case keysChanged = 14
    case tagKeyOfAnotherThread = 15
    case releaseDoesNotOpen = 16
    case consentOfAnotherThread = 17
    case transferredByUnknown = 18
    case transferredUnsigned = 19

    /// The reason for what reading one envelope found, or nil for a filler.
    init?(_ fault: MessageError) {
        switch fault {
        case .filler: return nil
        case .envelope: self = .notAnEnvelope
        case .open(let error): self = Self(error)
        case .frame: self = .badFrame
        case .admission(let error): self = Self(error)
        }
    }

    private init(_ error: OpenError) {
        switch error {
        case .notForTheseKeys: self = .notForTheseKeys
        case .commitment: self = .commitmentBroken
        case .body: self = .textChanged
        }
    }

    private init(_ error: AdmissionError) {
        switch error {
        case .unknownKind: self = .notUnderstood
        case .fieldMissing, .fieldNotAllowed, .badField: self = .badFields
        case .lowOrderReplyKey: self = .lowOrderReplyKey
        case .badSignature: self = .badSignature
        case .otherOrganisation: self = .otherOrganisation
        case .unreadableTagKey: self = .tagKeyDoesNotOpen
        case .wrongTag: self = .wrongTag
        case .slotUsed: self = .slotUsed
        case .keysChanged: self = .keysChanged
        case .otherThread: self = .consentOfAnotherThread
        case .tagKeyOfAnotherThread: self = .tagKeyOfAnotherThread
        }
    }

    /// What was found, in one clause.
    public var clause: String {
        switch self {
        case .notAnEnvelope: "no envelope of this protocol"
        case .notForTheseKeys: "sealed to a key this desk does not hold"
        case .commitmentBroken: "the envelope does not keep to its own key"
        case .textChanged: "the sealed text was changed"
        case .badFrame: "what was sealed is not in the form of a message"
        case .notUnderstood: "a kind of message not understood by this version"
        case .badFields: "a part of the message is missing or malformed"
        case .lowOrderReplyKey: "its reply key would let everybody read the reply"
        case .badSignature: "its signature does not hold"
        case .otherOrganisation: "written to another organisation"
        case .tagKeyDoesNotOpen: "its tag key does not open"
        case .wrongTag: "it lies under a tag that is not its own"
        case .slotUsed: "its place in the thread was taken before"
        case .keysChanged: "its keys differ from the thread's first message"
        case .tagKeyOfAnotherThread: "it uses the tag key of another thread"
        case .releaseDoesNotOpen: "the envelope it releases does not open with it"
        case .consentOfAnotherThread: "the consent to its transfer is not its reporter's"
        case .transferredByUnknown: "transferred by nobody the directory lists"
        case .transferredUnsigned:
            "the organisation that should have transferred it did not sign it"
        }
    }
}
