@testable import SealedIntake

/// A reporter with one code and keys at two organisations, which have nothing in common.
final class TestPerson {
    let first: TestReporter
    let second: TestReporter

    init(_ first: OrganisationID, _ second: OrganisationID) {
        let root = ReporterRoot(key: SecretBytes.random(32))
        self.first = TestReporter(root: root, organisation: first)
        self.second = TestReporter(root: root, organisation: second)
    }

    /// A message to the first whose second wrap the second can open once it is released.
    func releasable(
        _ words: String,
        slot: UInt32 = 7,
        kind: ReporterMessage.Kind = .report,
        attachments: [UInt8] = [],
        to key: SealingPublicKey,
        escalation: SealingPublicKey
    ) -> TestReporter.Sent {
        let frame = first.plaintext(
            words,
            slot: slot,
            kind: kind,
            attachments: attachments,
            to: key
        )
        return seal(frame, slot: slot, to: key, escalation: escalation)
    }

    /// Any plaintext for the first, with a second wrap for the second.
    func seal(
        _ plaintext: [UInt8],
        slot: UInt32 = 7,
        to key: SealingPublicKey,
        escalation: SealingPublicKey
    ) -> TestReporter.Sent {
        let mask = first.keys.tags.release(slot: slot)
        let sealed = Envelope.text(plaintext, to: key, second: .release(mask, to: escalation))
        return TestReporter.Sent(
            tag: first.keys.tags.messageTag(of: sealed.digest, slot: slot),
            envelope: sealed.bytes
        )
    }

    /// Kind 6: opens the first's envelope to the second.
    func release(
        _ sent: TestReporter.Sent,
        ofSlot released: UInt32 = 7,
        words: String = "",
        slot: UInt32 = 20,
        to key: SealingPublicKey
    ) -> TestReporter.Sent {
        let release = Release(
            envelope: Digest(of: sent.envelope),
            opening: first.keys.tags.release(slot: released),
            from: first.keys.organisation
        )
        return second.send(words, slot: slot, kind: .release, release: release, to: key)
    }

    /// Kind 3: agrees that the first hands its thread on to the second.
    func consent(
        words: String = "",
        slot: UInt32 = 30,
        to key: SealingPublicKey,
        other: SealingPublicKey
    ) -> TestReporter.Sent {
        let keys = TransferKeys(second.keys, sealedTo: other)
        return first.send(words, slot: slot, kind: .consent, consent: keys, to: key)
    }
}
