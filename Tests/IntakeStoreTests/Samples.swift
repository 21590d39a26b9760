import SealedIntake
import Testing

@testable import IntakeStore

/// The protocol's tag, not the test library's.
typealias Tag = SealedIntake.Tag

/// Submissions as a phone would post them; sealed to nobody, which the server cannot tell.
enum Samples {
    static func envelope(_ envelopeClass: EnvelopeClass = .text) throws -> Envelope {
        let wraps = UInt8(envelopeClass.wrapCount)
        let head = [UInt8]("SIE1".utf8) + [1, envelopeClass.rawValue, wraps, 0]
        let seed = Tag.random().bytes
        let blocks = (0..<64).map { Digest(of: seed + [$0]).bytes }.joined()
        let body = Array(repeating: [UInt8](blocks), count: envelopeClass.size / 2048).joined()
        let bytes = [UInt8](head + body).prefix(envelopeClass.size)
        return try Envelope(bytes: [UInt8](bytes), expecting: envelopeClass)
    }

    static func text(
        _ organisation: String = "nl-vi",
        tag: Tag = .random(),
        stamp: Stamp = .random(),
        isCover: Bool = false
    ) throws -> Submission {
        Submission(
            isCover: isCover,
            organisation: try organisation.id,
            tag: tag,
            stamp: stamp,
            envelope: try envelope()
        )
    }

    static func piece(_ organisation: String = "nl-vi", tag: Tag = .random()) throws -> Submission {
        Submission(
            organisation: try organisation.id,
            tag: tag,
            stamp: .random(),
            envelope: try envelope(.piece)
        )
    }
}
