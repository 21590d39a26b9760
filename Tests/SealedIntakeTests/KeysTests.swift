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
            for (slot, tag) in try vector.hexList("in").enumerated() {
                #expect(keys.tags.messageTag(slot: UInt32(slot)).bytes == tag)
            }
            for (number, tag) in try vector.hexList("out").enumerated() {
                #expect(keys.tags.replyTag(number: UInt32(number)).bytes == tag)
            }
            for (slot, release) in try vector.hexList("release").enumerated() {
                #expect(keys.tags.release(slot: UInt32(slot)) == release)
            }
            #expect(Int(root.shardByte) == (try vector.number("shard")))
        }
    }
}
