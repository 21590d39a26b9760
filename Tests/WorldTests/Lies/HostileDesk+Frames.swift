import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import IntakeStore
@testable import SealedIntake

/// What a hostile desk hands on: messages nobody agreed to transfer.
extension HostileDesk {
    /// Somebody whom the desk invents: everything of theirs is in its hands.
    private func invented(
        _ words: String,
        agreeingTo other: OrganisationID? = nil,
        kind: ReporterMessage.Kind = .report,
        root: borrowing ReporterRoot,
        at home: OrganisationID? = nil
    ) throws -> [UInt8] {
        let home = home ?? id
        let directory = try world.directory
        let key = try #require(directory.organisation(home)?.sealingKey(on: world.today))
        let keys = ThreadKeys(root: root, organisation: home)
        let there = try other.map { other in
            let sealing = try #require(directory.organisation(other)?.sealingKey(on: world.today))
            return TransferKeys(ThreadKeys(root: root, organisation: other), sealedTo: sealing)
        }
        let draft = MessageDraft(
            kind: other == nil ? kind : .consent,
            directorySerial: directory.serial,
            treeDigest: directory.treeDigest,
            slot: UInt32.random(in: 0..<4096, using: &town.chance),
            answers: [],
            text: other == nil ? ascii(words) : [],
            language: ascii("nl"),
            shardByte: root.shardByte,
            transferKeys: there
        )
        return try Frame(bytes: draft.frame(keys: keys, recipient: key), magic: .reporter)
            .transferred
    }

    /// A message of an honest reporter as the desk holds it, with its words.
    private func stolen() throws -> [UInt8]? {
        let desk = try world.desk(id)
        return try desk.vault.read { cells in
            for (row, record) in try cells.records(MessageRecord.self)
            where record.source == .written && record.messageKind?.tells == true {
                let bytes = try cells.cell(.message, row: row, .frame)
                return (try? Frame(bytes: bytes, magic: .reporter))?.transferred
            }
            return nil
        }
    }

    private func frame(_ message: [UInt8], _ consent: [UInt8]) throws -> [UInt8] {
        try withSigner { signer in
            TransferredMessage.frame(
                to: other,
                message: message,
                consent: consent,
                signedBy: signer.pair
            )
        }
    }

    /// Good frames of somebody invented, each with a few bytes changed, or fields, and signed anew.
    func mutations(_ count: Int = 12) throws -> [[UInt8]] {
        let root = ReporterRoot(key: SecretBytes.random(32))
        let message = try invented("verzonnen", root: root)
        let consent = try invented("", agreeingTo: other, root: root)
        let good = try frame(message, consent)
        return try (0..<count).map { turn in
            guard turn > 0 else { return good }
            guard town.chance.happens(onceIn: 2) else {
                return try frame(
                    mutated(message),
                    town.chance.happens(onceIn: 2) ? mutated(consent) : consent
                )
            }
            return mutated(good)
        }
    }

    private func mutated(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &town.chance) {
            let end = min(bytes.count, 1500)
            bytes[.random(in: 0..<end, using: &town.chance)] = town.chance.byte
        }
        return bytes
    }

    /// A true message of an honest reporter, with every consent but theirs.
    func forgeries() throws -> [[UInt8]] {
        guard let message = try stolen() else { return [] }
        let root = ReporterRoot(key: SecretBytes.random(32))
        let third = try #require(world.ids.first { $0 != id && $0 != other })
        let strange = try invented("", agreeingTo: other, root: root)
        let forThird = try invented("", agreeingTo: third, root: root)
        let elsewhere = try invented("", agreeingTo: other, root: root, at: other)
        // The reporter's own key named, the signature another's.
        let named = try renamed(strange, after: message)
        let invented = try invented("verzonnen", root: root)
        return try [
            frame(message, strange), frame(message, forThird), frame(message, elsewhere),
            frame(message, named), frame(message, message), frame(strange, strange),
            frame(invented, forThird), frame(invented, elsewhere), frame(message, invented),
        ]
    }

    private func renamed(_ consent: [UInt8], after message: [UInt8]) throws -> [UInt8] {
        let theirs = try Frame(transferred: message, magic: .reporter)
        let frame = try Frame(transferred: consent, magic: .reporter)
        let key = try #require(theirs.value(.threadKey))
        var writer = FrameWriter(magic: .reporter, kind: frame.kind)
        for field in frame.fields where field.type != FieldType.signature.rawValue {
            let type = try #require(FieldType(rawValue: field.type))
            writer.add(type, type == .threadKey ? key : field.value)
        }
        writer.sign(with: SigningKeyPair.random(), as: .thread)
        return try Frame(bytes: writer.finish(for: .text), magic: .reporter).transferred
    }
}

extension Town {
    /// The plaintext of a filler for nobody.
    var filler: [UInt8] { Filler.frame(for: world.ids[0]) }
}
