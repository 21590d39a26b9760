import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import IntakeStore
@testable import SealedIntake

/// Somebody who posts whatever they want: sealed properly, and nothing in it is as it must be.
final class HostileReporter {
    let town: Town
    let id: OrganisationID
    /// Whose threads are to be harmed.
    let honest: Person

    private let root = ReporterRoot(key: SecretBytes.random(32))

    init?(town: Town) {
        let working = town.working
        let people = town.people.filter { person in
            person.reports.contains { working.contains($0.organisation) }
        }
        guard let honest = people.randomElement(using: &town.chance),
            let id = honest.reports.first?.organisation
        else { return nil }
        (self.town, self.id, self.honest) = (town, id, honest)
    }

    private var world: World { town.world }

    /// Posts one lie many times over, and holds the desk to what it was before.
    func tell(_ lie: ReporterLie) async throws {
        town.news = world.store.publication.size
        let before = try town.messages(at: id)
        let count = lie == .flood ? 30 : 6
        for turn in 0..<count { try await post(try letter(lie, turn)) }
        try await town.report(to: id)
        try world.pass()
        try town.carry(id)
        let now = try town.messages(at: id)
        #expect(before.allSatisfy { now.contains($0) }, "\(lie), seed \(town.seed)")
        let threads = try world.desk(id).threads().map(\.thread)
        #expect(Set(threads).count == threads.count)
        try expectHonest(lie)
    }

    /// In the threads of honest people is what they wrote, and nothing else.
    private func expectHonest(_ lie: ReporterLie) throws {
        let desk = try world.desk(id)
        for person in town.people {
            let mine = person.reports.filter { $0.organisation == id }.map(\.words)
            guard !mine.isEmpty, !mine.contains(where: town.lost.contains) else { continue }
            let digest = String(utf8: person.keys(id).threadDigest.hex)
            let read = try desk.thread(digest).messages.map { String(utf8: $0.message.text) }
            #expect(read.sorted() == mine.sorted(), "\(lie), seed \(town.seed)")
        }
    }

    /// A plaintext, and the tag it is posted under once it is sealed.
    private typealias Letter = (plaintext: [UInt8], tag: (Digest) -> SealedIntake.Tag)

    private func post(_ letter: Letter) async throws {
        let listed = try #require(try world.directory.organisation(id))
        let key = try #require(listed.sealingKey(on: world.today))
        let envelope = Envelope.text(letter.plaintext, to: key, second: .decoy)
        let submission = Submission(
            organisation: id,
            tag: letter.tag(envelope.digest),
            stamp: world.stamp(),
            envelope: envelope
        )
        // A tag that is known is refused; that is no harm either.
        _ = try await world.store.accept(submission, at: world.now)
    }

    private func letter(_ lie: ReporterLie, _ turn: Int) throws -> Letter {
        let keys = ThreadKeys(root: root, organisation: id)
        let slot = UInt32(turn)
        let tag = tag(of: root, slot: slot)
        switch lie {
        case .randomBytes:
            return (town.chance.bytes(EnvelopeClass.text.plaintextSize), tag)
        case .randomFrames: return (try randomFrame(signedBy: keys), tag)
        case .mutatedFrames: return (try mutated(frame(slot: slot)), tag)
        case .wrongTags: return (try frame(slot: slot), { _ in .random() })
        case .reusedSlots: return (try frame(slot: 7), self.tag(of: root, slot: 7))
        case .changedKeys:
            let reply = SealingKeyPair.random().publicKey.bytes
            return (
                try frame(slot: slot, [.replyKey: turn == 0 ? keys.reply.publicKey.bytes : reply]),
                tag
            )
        case .keysOfAnother: return try keysOfAnother(turn)
        case .releasesOfAnothers: return (try release(slot), tag)
        case .consentsForAnother: return (try consent(slot), tag)
        case .manyAttachments:
            return (try frame(slot: slot, [.attachments: attachments(turn)]), tag)
        case .otherKinds: return (try frame(kind: town.chance.byte, slot: slot), tag)
        case .flood: return (try frame(slot: slot), tag)
        }
    }

    /// The tag of a slot, under the tag key of one who has it.
    private func tag(
        of root: borrowing ReporterRoot,
        slot: UInt32
    ) -> (Digest) -> SealedIntake.Tag {
        let keys = ThreadKeys(root: root, organisation: id)
        let secret = keys.tags.exposed
        return { envelope in
            TagKey(SecretBytes(copying: secret)).messageTag(of: envelope, slot: slot)
        }
    }

    /// A good frame of the liar's own, with other fields; an empty one is left out.
    private func frame(
        kind: UInt8 = 1,
        slot: UInt32,
        _ changes: [FieldType: [UInt8]] = [:]
    ) throws -> [UInt8] {
        let keys = ThreadKeys(root: root, organisation: id)
        let key = try #require(try world.directory.organisation(id)?.sealingKey(on: world.today))
        var number = ByteWriter()
        number.u32(slot)
        let fields: [(FieldType, [UInt8])] = [
            (.organisation, id.ascii), (.directorySerial, [0, 0, 0, 0, 0, 0, 0, 1]),
            (.treeDigest, Digest(of: []).bytes), (.threadKey, keys.thread.publicKey.bytes),
            (.replyKey, keys.reply.publicKey.bytes),
            (.sealedTagKey, key.seal(SecretBytes(copying: keys.tags.exposed))),
            (.number, number.bytes), (.envelopeDigest, []), (.text, ascii(Town.mischief)),
            (.attachments, []), (.language, ascii("nl")), (.transferKeys, []), (.release, []),
            (.shardByte, [root.shardByte]), (.otherOrganisation, []),
        ]
        var writer = FrameWriter(magic: .reporter, kind: kind)
        for (type, value) in fields { writer.add(type, changes[type] ?? value) }
        writer.sign(with: keys.thread, as: .thread)
        return writer.finish(for: .text)
    }
}

extension HostileReporter {
    /// Fields of any type and length in rising order, signed.
    private func randomFrame(signedBy keys: borrowing ThreadKeys) throws -> [UInt8] {
        var writer = ByteWriter(ascii("SIR1"))
        writer.append([town.chance.pick([1, 2, 3, 5, 6, 127, town.chance.byte]), 0, 0, 0])
        var type = UInt16.random(in: 0...3, using: &town.chance)
        while type < 255, writer.bytes.count < 12_000 {
            let value = town.chance.bytes(town.chance.pick([0, 1, 4, 8, 32, 80, 144, 900]))
            writer.u16(type)
            writer.u32(UInt32(value.count))
            writer.append(value)
            type += UInt16.random(in: 1...9, using: &town.chance)
        }
        let signature = keys.thread.sign(FrameSigner.thread.message(writer.bytes))
        writer.u16(255)
        writer.u32(UInt32(signature.count))
        writer.append(signature + [0, 0, 0, 0, 0, 0])
        writer.pad(to: EnvelopeClass.text.plaintextSize)
        return writer.bytes
    }

    private func mutated(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &town.chance) {
            bytes[.random(in: 0..<600, using: &town.chance)] = town.chance.byte
        }
        return bytes
    }

    /// Under the names of another's public keys, and with their tag key where a thief could have
    /// it from a desk.
    private func keysOfAnother(_ turn: Int) throws -> Letter {
        let theirs = honest.keys(id)
        let slot = 3000 + UInt32(turn)
        let key = try #require(try world.directory.organisation(id)?.sealingKey(on: world.today))
        var changes: [FieldType: [UInt8]] = [
            .sealedTagKey: key.seal(SecretBytes(copying: theirs.tags.exposed))
        ]
        if turn % 2 == 0 {
            changes[.threadKey] = theirs.thread.publicKey.bytes
            changes[.shardByte] = [honest.root.shardByte]
        }
        if turn % 3 == 0 { changes[.replyKey] = theirs.reply.publicKey.bytes }
        return (try frame(slot: slot, changes), tag(of: honest.root, slot: slot))
    }

    /// A release of an envelope that the log shows and somebody else wrote.
    private func release(_ slot: UInt32) throws -> [UInt8] {
        let leaves = try LoggedEntry.all(in: world.store).map(\.leaf)
        let leaf = town.chance.pick(leaves.filter { $0.type == .submission })
        return try frame(
            kind: 6,
            slot: slot,
            [
                .envelopeDigest: leaf.digest.bytes, .release: town.chance.bytes(32), .text: [],
                .otherOrganisation: leaf.organisation?.ascii ?? [],
            ]
        )
    }

    /// A consent in the liar's name with what may be keys of another's thread.
    private func consent(_ slot: UInt32) throws -> [UInt8] {
        let other = try #require(world.ids.first { $0 != id })
        let key = try #require(try world.directory.organisation(other)?.sealingKey(on: world.today))
        let theirs = honest.keys(other)
        let keys = TransferKeys(theirs, sealedTo: key)
        let named = slot % 2 == 0 ? honest.keys(id).thread.publicKey.bytes : nil
        return try frame(
            kind: 3,
            slot: slot,
            [.transferKeys: keys.field, .text: []].merging(
                named.map { [.threadKey: $0] } ?? [:]
            ) { $1 }
        )
    }

    private func attachments(_ turn: Int) -> [UInt8] {
        var writer = ByteWriter()
        let files = town.chance.pick([1, 5, 6, 16])
        for _ in 0..<files {
            let pieces = UInt16.random(in: 0...20, using: &town.chance)
            let size = UInt32(pieces) * UInt32(EnvelopeClass.piece.plaintextSize)
            writer.append([UInt8.random(in: 0...4, using: &town.chance)])
            writer.u32(turn % 2 == 0 ? size : UInt32.random(in: 0...(.max), using: &town.chance))
            writer.u16(pieces)
            guard writer.bytes.count + Int(pieces) * 64 < 9000 else { break }
            writer.append(town.chance.bytes(Int(pieces) * 64))
        }
        return writer.bytes
    }
}
