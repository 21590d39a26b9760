/// The fields of a frame.
/// - SeeAlso: `docs/spec/protocol.md`, section 6.
public enum FieldType: UInt16, Sendable {
    case organisation = 1
    case directorySerial = 2
    case treeDigest = 3
    case threadKey = 4
    case replyKey = 5
    case sealedTagKey = 6
    case number = 7
    case envelopeDigest = 8
    case answers = 9
    case text = 10
    case attachments = 11
    case language = 12
    case transferKeys = 14
    case release = 15
    case day = 18
    case threadDigest = 19
    case shardByte = 20
    case otherOrganisation = 21
    case message = 22
    case consent = 23
    case signature = 255
}

/// Whose signature stands in field 255.
public enum FrameSigner: Sendable {
    /// The reporter's, by the thread key.
    case thread
    /// The organisation's, by the desk key.
    case desk

    /// `L(label) ‖ 00 ‖` all frame bytes before the field.
    func message(_ frameBytes: [UInt8]) -> [UInt8] {
        switch self {
        case .thread: labelled("thread-sign", frameBytes)
        case .desk: labelled("desk-sign", frameBytes)
        }
    }
}
