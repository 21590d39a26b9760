import Testing

@testable import SealedIntake

struct KeysTests {
    @Test func `every vector's keys follow from its token`() throws {
        for vector in try VectorFile("keys.json").cases {
            let token = FollowUpToken(bytes: SecretBytes(copying: try vector.hex("token")))
            let root = try ReporterRoot(token: token, deployment: try vector.text("deployment"))
            let id = try #require(OrganisationID(ascii: try vector.text("organisation")))
            let keys = ThreadKeys(root: root, organisation: id)
            #expect(root.key.exposed == (try vector.hex("root")))
            #expect(keys.reply.publicKey.bytes == (try vector.hex("reply_public")))
            #expect(keys.reply.exposedSecretKey == (try vector.hex("reply_secret")))
            #expect(keys.thread.publicKey.bytes == (try vector.hex("thread_public")))
            #expect(keys.tags.exposed == (try vector.hex("tag_key")))
            try check(keys.tags, against: vector)
            for (number, tag) in try vector.hexList("out").enumerated() {
                #expect(keys.tags.replyTag(number: UInt32(number)).bytes == tag)
            }
            #expect(Int(root.shardByte) == (try vector.number("shard")))
        }
    }

    /// Tags fit their envelope and slot, the slot is read back, and no other tag is believed.
    private func check(_ tags: borrowing TagKey, against vector: VectorFile.Case) throws {
        let envelopes = try vector.hexList("in_envelope_sha256").map { Digest($0) }
        let slots = try vector.numberList("in_slot").map { UInt32($0) }
        let expected = try vector.hexList("in").map { Tag($0) }
        try #require(!expected.isEmpty && expected.count == slots.count)
        for (place, tag) in expected.enumerated() {
            #expect(tags.messageTag(of: envelopes[place], slot: slots[place]) == tag)
            #expect(tags.slot(of: tag, envelope: envelopes[place]) == slots[place])
        }
        let foreign = try vector.hexList("foreign").map { Tag($0) }
        let others = try vector.hexList("foreign_envelope_sha256").map { Digest($0) }
        try #require(!foreign.isEmpty && foreign.count == others.count)
        for (tag, envelope) in zip(foreign, others) {
            #expect(tags.slot(of: tag, envelope: envelope) == nil)
        }
        let released = try vector.numberList("release_slot").map { UInt32($0) }
        let releases = try vector.hexList("release")
        try #require(releases.count == released.count)
        for (slot, release) in zip(released, releases) {
            #expect(tags.release(slot: slot) == release)
        }
    }
}
