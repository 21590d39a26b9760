import IntakeOpening
import SealedIntake

/// Why no replies are looked for.
enum RepliesRefusal: Int32 {
    case malformed = 1
    case noKeys = 2
}

extension Visit {
    /// Finds and opens the replies of a shard, at every organisation; says of each the
    /// organisation, number, kind, day and text.
    ///
    /// What does not open or is not signed by that organisation's desk is passed over: anybody
    /// who guesses a tag could put it there.
    func findReplies(_ shard: [UInt8]) -> Outcome {
        guard let drop = try? Drop(bytes: shard) else {
            return .refused(RepliesRefusal.malformed)
        }
        guard let opened, let keys else { return .refused(RepliesRefusal.noKeys) }
        var found: [[UInt8]] = []
        for organisation in opened.directory.organisations {
            let thread = keys.thread(at: organisation.id)
            for number in 0..<TagKey.replyCount {
                guard let bytes = drop.envelope(thread.keys.tags.replyTag(number: number)),
                    let reply = reply(in: bytes, number, organisation, thread)
                else { continue }
                found += [
                    organisation.id.ascii, Parts.number(Int(number)),
                    Parts.number(Int(reply.kind.rawValue)), reply.day.text, reply.text,
                ]
            }
        }
        return .done(found)
    }

    private func reply(
        in bytes: [UInt8],
        _ number: UInt32,
        _ organisation: Organisation,
        _ thread: ReporterKeys.Thread
    ) -> Reply? {
        guard let envelope = try? Envelope(bytes: bytes, expecting: .reply),
            let plaintext = try? envelope.open(with: thread.keys.reply)
        else { return nil }
        return try? Reply(
            plaintext: plaintext,
            organisation: organisation.id,
            number: number,
            threadDigest: thread.keys.threadDigest,
            deskKeys: organisation.deskKeys.map { $0.key }
        )
    }
}
