/// What an envelope is for; its class decides its size, whatever lies inside.
public enum EnvelopeClass: UInt8, Sendable, CaseIterable {
    /// From a reporter to an organisation: 16,384 bytes, two wraps.
    case text = 1
    /// A part of an attachment: 1,048,576 bytes, no wrap.
    case piece = 2
    /// From an organisation to a reporter: 4,096 bytes, one wrap.
    case reply = 3

    /// The whole envelope in bytes.
    public var size: Int {
        switch self {
        case .text: 16_384
        case .piece: 1_048_576
        case .reply: 4096
        }
    }

    /// How many wraps it has.
    public var wrapCount: Int {
        switch self {
        case .text: 2
        case .piece: 0
        case .reply: 1
        }
    }

    /// Magic, suite, class, wraps, reserved byte and the wraps.
    var headSize: Int { 8 + wrapCount * Envelope.wrapSize }

    /// The plaintext that fills it exactly, in bytes.
    public var plaintextSize: Int { size - headSize - 32 - 16 }
}
