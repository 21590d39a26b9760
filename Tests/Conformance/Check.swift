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
        let tags = (0..<4).flatMap { number in
            [
                keys.tags.messageTag(slot: number).bytes,
                keys.tags.replyTag(number: number).bytes,
                keys.tags.release(slot: number),
            ]
        }
        return .done(single + tags)
    }

    static func ed25519(key: [UInt8], signature: [UInt8], message: [UInt8]) -> Outcome {
        guard let key = SigningPublicKey(bytes: key), key.verifies(signature, over: message) else {
            return refused
        }
        return .done()
    }
}
