import IntakeConsole
import IntakeOpening
import Testing

@testable import IntakeStore
@testable import SealedIntake

/// Somebody who writes with one code, and what they wrote.
final class Person {
    /// One message, as its author knows it.
    struct Written {
        let organisation: OrganisationID
        let slot: UInt32
        let envelope: Digest
        let words: String
        let day: Day
    }

    /// A question whether a thread may be transferred.
    struct Asking {
        let by: OrganisationID
        let to: OrganisationID
        /// The day it was asked, or answered.
        let day: Day
    }

    let root = ReporterRoot(key: SecretBytes.random(32))
    /// Everything that was sent, consents and releases too.
    private(set) var written: [Written] = []
    /// Reports and follow-ups.
    private(set) var reports: [Written] = []
    /// Envelopes that were released.
    private(set) var released: Set<Digest> = []
    /// Questions on their way, and those that were answered with yes.
    var asked: [Asking] = []
    var agreed: [Asking] = []
    private var nextSlot: UInt32

    init() { nextSlot = UInt32.random(in: 0..<1000) }

    func keys(_ id: OrganisationID) -> ThreadKeys { ThreadKeys(root: root, organisation: id) }

    /// Writes one message and posts it.
    @discardableResult
    func write(
        _ words: String,
        kind: ReporterMessage.Kind = .report,
        to id: OrganisationID,
        attachments: [UInt8] = [],
        transferTo other: OrganisationID? = nil,
        releasing release: Written? = nil,
        in world: World
    ) async throws -> Written {
        let directory = try world.directory
        let listed = try #require(directory.organisation(id))
        let key = try #require(listed.sealingKey(on: world.today))
        let slot = nextSlot
        nextSlot += 1
        let keys = keys(id)
        let draft = MessageDraft(
            kind: kind,
            directorySerial: directory.serial,
            treeDigest: directory.treeDigest,
            slot: slot,
            answers: kind.tells ? Answer.list(ascii("thema=pesten\nrol=leerling\n")) ?? [] : [],
            text: ascii(words),
            attachments: attachments,
            language: ascii("nl"),
            shardByte: root.shardByte,
            transferKeys: try other.map { try transferKeys(to: $0, in: world) },
            release: release.map { released in
                Release(
                    envelope: released.envelope,
                    opening: self.keys(released.organisation).tags.release(slot: released.slot),
                    from: released.organisation
                )
            }
        )
        let escalation = directory.escalationKey(of: listed, on: world.today)
        let envelope = Envelope.text(
            draft.frame(keys: keys, recipient: key),
            to: key,
            second: try #require(escalation.wrap(release: keys.tags.release(slot: slot)))
        )
        let tag = keys.tags.messageTag(of: envelope.digest, slot: slot)
        try await post(envelope, tag: tag, to: id, in: world)
        let message = Written(
            organisation: id,
            slot: slot,
            envelope: envelope.digest,
            words: words,
            day: world.today
        )
        written.append(message)
        if kind.tells { reports.append(message) }
        if let release { released.insert(release.envelope) }
        return message
    }

    /// Posts an envelope; whatever is inside.
    func post(
        _ envelope: Envelope,
        tag: SealedIntake.Tag,
        to id: OrganisationID,
        in world: World
    ) async throws {
        let submission = Submission(
            organisation: id,
            tag: tag,
            stamp: try world.stamp(worthAllOf: id),
            envelope: envelope
        )
        let acceptance = try await world.store.accept(submission, at: world.now)
        #expect(acceptance == .stored(world.today))
    }

    /// The replies of the drop that this person's keys find and admit, oldest number first.
    func replies(from id: OrganisationID, in world: World) throws -> [Reply] {
        let directory = try world.directory
        let shard = Int(directory.shard(of: root.shardByte))
        let drop = try Drop(bytes: #require(try world.store.shardFile(shard)))
        let keys = keys(id)
        let deskKeys = directory.organisation(id)?.deskKeys.map(\.key) ?? []
        return (0..<TagKey.replyCount).compactMap { number in
            guard let bytes = drop.envelope(keys.tags.replyTag(number: number)),
                let envelope = try? Envelope(bytes: bytes, expecting: .reply),
                let plaintext = try? envelope.open(with: keys.reply)
            else { return nil }
            return try? Reply(
                plaintext: plaintext,
                organisation: id,
                number: number,
                threadDigest: keys.threadDigest,
                deskKeys: deskKeys
            )
        }
    }

    private func transferKeys(
        to other: OrganisationID,
        in world: World
    ) throws -> TransferKeys {
        let key = try world.directory.organisation(other)?.sealingKey(on: world.today)
        return TransferKeys(keys(other), sealedTo: try #require(key))
    }
}
