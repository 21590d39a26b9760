import SealedIntake

/// One check a kind of vector; each calls the protocol as the page, the server and the desk do.
enum Check {
    /// The protocol refused the case.
    static let refused = Outcome(status: 1, parts: [])

    static func token(_ text: [UInt8]) -> Outcome {
        guard let token = try? FollowUpToken(reading: text) else { return refused }
        return .done([token.exposed] + token.lines)
    }

    static func keys(token: [UInt8], deployment: [UInt8], organisation: [UInt8]) -> Outcome {
        let token = FollowUpToken(bytes: SecretBytes(copying: token))
        guard let id = OrganisationID(ascii: organisation),
            let root = try? ReporterRoot(token: token, deployment: deployment)
        else { return refused }
        let keys = ThreadKeys(root: root, organisation: id)
        let single = [
            root.exposed, keys.reply.publicKey.bytes, keys.reply.exposedSecretKey,
            keys.thread.publicKey.bytes, keys.tags.exposed, [root.shardByte],
        ]
        let replies = (0..<4).map { keys.tags.replyTag(number: $0).bytes }
        return .done(single + replies)
    }

    /// The tag and the release of a slot, and the slot that is read back, nothing where it is not.
    static func tag(key: [UInt8], envelope: [UInt8], slot: [UInt8], tag: [UInt8]) -> Outcome {
        guard key.count == 32, let envelope = Digest(bytes: envelope),
            let slot = Parts.number(in: slot), let tag = Tag(bytes: tag)
        else { return refused }
        let tags = TagKey(SecretBytes(copying: key))
        let read = tags.slot(of: tag, envelope: envelope)
        return .done([
            tags.messageTag(of: envelope, slot: slot).bytes, tags.release(slot: slot),
            read.map { Self.bytes(of: $0) } ?? [],
        ])
    }

    private static func bytes(of number: UInt32) -> [UInt8] {
        var writer = ByteWriter()
        writer.u32(number)
        return writer.bytes
    }

    static func ed25519(key: [UInt8], signature: [UInt8], message: [UInt8]) -> Outcome {
        guard let key = SigningPublicKey(bytes: key), key.verifies(signature, over: message) else {
            return refused
        }
        return .done()
    }
}
