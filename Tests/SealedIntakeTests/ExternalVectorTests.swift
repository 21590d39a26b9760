import Foundation
import Testing

@testable import SealedIntake

/// Test vectors of other projects, where they lie beside this one; elsewhere each says that it
/// was skipped.
@Suite(.enabled(if: VectorFile.hasExternal, "no external vectors beside the project"))
struct ExternalVectorTests {
    @Test func `Ed25519 verdicts are those of Wycheproof`() throws {
        for (group, test) in try VectorFile.wycheproof("ed25519") {
            let key = try #require(group.values["publicKey"] as? [String: Any])
            let bytes = try VectorFile.Case(values: key).hex("pk")
            let holds = SigningPublicKey(bytes)
                .verifies(try test.hex("sig"), over: try test.hex("msg"))
            #expect(holds == (try test.text("result") == ascii("valid")), "\(test.comment)")
        }
    }

    /// libsodium refuses points of low order and encodings that are not canonical; what it says
    /// here the browser must say too.
    @Test func `Ed25519 edge cases are refused where a low order is at work`() throws {
        let data = try Data(
            contentsOf: VectorFile.externalFolder.appending(path: "ed25519-edge.json")
        )
        let all = try #require(JSONSerialization.jsonObject(with: data) as? [[String: Any]])
        #expect(all.count == 914)
        for vector in all.map(VectorFile.Case.init) {
            let flags = vector.values["flags"] as? [String] ?? []
            let holds = SigningPublicKey(try vector.hex("key"))
                .verifies(try vector.hex("sig"), over: try vector.text("msg"))
            let isLow = flags.contains { $0 == "low_order_A" || $0 == "low_order_R" }
            if isLow || flags.contains("non_canonical_A") { #expect(!holds, "\(vector.values)") }
        }
    }

    @Test func `HMAC and HKDF are those of Wycheproof`() throws {
        for (_, test) in try VectorFile.wycheproof("hmac_sha256") {
            let key = try test.hex("key")
            let tag = try test.hex("tag")
            let mac = Sodium.hmac(key: key, count: key.count, try test.hex("msg")).prefix(tag.count)
            #expect(([UInt8](mac) == tag) == (try test.text("result") == ascii("valid")))
        }
        let usable = try VectorFile.wycheproof("hkdf_sha256").map(\.test).filter { test in
            let outputSize = try test.number("size")
            return try test.hex("salt").isEmpty && outputSize <= 32
        }
        try #require(!usable.isEmpty)
        for test in usable {
            let key = SecretBytes(copying: try test.hex("ikm"))
            let out = Sodium.hkdf(key, info: try test.hex("info")).exposed
            #expect([UInt8](out.prefix(try test.number("size"))) == (try test.hex("okm")))
        }
    }

    @Test func `XChaCha20-Poly1305 is that of Wycheproof`() throws {
        for (_, test) in try VectorFile.wycheproof("xchacha20_poly1305") {
            let nonce = try test.hex("iv")
            guard nonce.count == 24 else { continue }
            let key = VaultKey(SecretBytes(copying: try test.hex("key")))
            let cell = nonce + (try test.hex("ct")) + (try test.hex("tag"))
            let opened = key.decrypt(cell, place: try test.hex("aad"))
            if try test.text("result") == ascii("valid") {
                #expect(opened == (try test.hex("msg")), "\(test.comment)")
            } else {
                #expect(opened == nil, "\(test.comment)")
            }
        }
    }

    @Test func `X25519 keys whose secrets everybody knows are of low order`() throws {
        for (_, test) in try VectorFile.wycheproof("x25519") {
            let shared = try test.hex("shared")
            let key = SealingPublicKey(try test.hex("public"))
            #expect(key.isLowOrder == shared.allSatisfy { $0 == 0 }, "\(test.comment)")
        }
    }

    @Test func `a sealed box of another implementation opens`() throws {
        let folder = VectorFile.externalFolder.appending(path: "coverdrop-anonymous-box")
        func bytes(_ name: String) throws -> [UInt8] {
            [UInt8](try Data(contentsOf: folder.appending(path: name)))
        }
        let secret = SecretBytes(copying: try bytes("02_recipient_sk"))
        let pair = SealingKeyPair(secretKey: secret)
        #expect(pair.publicKey.bytes == (try bytes("01_recipient_pk")))
        let opened = pair.open(try bytes("04_anonymous_box"))?.exposed
        #expect(opened == (try bytes("03_message")))
    }

    @Test func `notes and Merkle roots are those of other logs`() throws {
        let data = try Data(contentsOf: VectorFile.externalFolder.appending(path: "notes.json"))
        let object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        let notes = try #require(object["notes"] as? [[String: Any]])
        for vector in notes.map(VectorFile.Case.init) {
            guard let texts = vector.values["vkeys"] as? [String] else { continue }
            let keys = try texts.map { try VerifierKey(text: [UInt8]($0.utf8)) }
            let note = try SignedNote(bytes: try vector.text("note"))
            #expect(try note.signers(among: keys) == keys)
        }
        let leaves = try VectorFile.Case(values: object).hexList("merkle_leaves_hex")
        let roots = try VectorFile.Case(values: object).hexList("merkle_roots_hex_by_size")
        #expect(roots.count == leaves.count + 1)
        var tree = MerkleTree()
        for (root, leaf) in zip(roots, leaves + [[]]) {
            #expect(tree.root.bytes == root)
            tree.append(Digest(of: [0] + leaf))
        }
    }
}
