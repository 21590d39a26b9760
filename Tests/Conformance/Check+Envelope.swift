import IntakeOpening
import SealedIntake

extension Check {
    static func envelope(
        _ bytes: [UInt8],
        envelopeClass: [UInt8],
        secret: [UInt8],
        release: [UInt8]
    ) -> Outcome {
        guard let number = Parts.number(in: envelopeClass).flatMap({ UInt8(exactly: $0) }),
            let envelopeClass = EnvelopeClass(rawValue: number),
            let envelope = try? Envelope(bytes: bytes, expecting: envelopeClass)
        else { return refused }
        let ring = KeyRing().adding(SealingKeyPair(secretKey: SecretBytes(copying: secret)))
        let plaintext: [UInt8]?
        if release.isEmpty {
            plaintext = try? envelope.open(with: ring)
        } else {
            plaintext = try? envelope.open(with: ring, release: release)
        }
        return digest(of: plaintext, as: envelopeClass)
    }

    static func piece(_ bytes: [UInt8], fileKey: [UInt8]) -> Outcome {
        guard let envelope = try? Envelope(bytes: bytes, expecting: .piece) else { return refused }
        return digest(of: try? envelope.open(fileKey: SecretBytes(copying: fileKey)), as: .piece)
    }

    static func frame(_ plaintext: [UInt8], magic: [UInt8]) -> Outcome {
        guard let frame = read(plaintext, magic) else { return refused }
        let fields = frame.fields.flatMap { [Parts.number(Int($0.type)), $0.value] }
        return .done([Parts.number(Int(frame.kind))] + fields)
    }

    static func signature(
        _ plaintext: [UInt8],
        magic: [UInt8],
        key: [UInt8],
        label: [UInt8]
    ) -> Outcome {
        let role: FrameSigner = label == ascii("desk-sign") ? .desk : .thread
        guard let frame = read(plaintext, magic), let key = SigningPublicKey(bytes: key),
            frame.isSigned(by: key, as: role)
        else { return refused }
        return .done()
    }

    /// A reporter's frame is admitted as a message; an organisation's as a reply to whom it names.
    static func admission(_ plaintext: [UInt8], magic: [UInt8], deskKey: [UInt8]) -> Outcome {
        guard let frame = read(plaintext, magic) else { return refused }
        if magic == ascii("SIR1") {
            return (try? ReporterMessage(admitting: frame)) == nil ? refused : .done()
        }
        guard let organisation = frame.value(.organisation).flatMap({ OrganisationID(ascii: $0) }),
            let number = frame.value(.number).flatMap({ Parts.number(in: $0) }),
            let thread = frame.value(.threadDigest).flatMap({ Digest(bytes: $0) }),
            let key = SigningPublicKey(bytes: deskKey)
        else { return refused }
        let reply = try? Reply(
            plaintext: plaintext,
            organisation: organisation,
            number: number,
            threadDigest: thread,
            deskKeys: [key]
        )
        return reply == nil ? refused : .done()
    }

    private static func read(_ plaintext: [UInt8], _ magic: [UInt8]) -> Frame? {
        try? Frame(bytes: plaintext, magic: magic == ascii("SIR1") ? .reporter : .organisation)
    }

    private static func digest(of plaintext: [UInt8]?, as envelopeClass: EnvelopeClass) -> Outcome {
        guard let plaintext, plaintext.count == envelopeClass.plaintextSize else { return refused }
        return .done([Digest(of: plaintext).bytes])
    }
}
