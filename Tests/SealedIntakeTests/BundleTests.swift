import Stage
import Testing

@testable import SealedIntake

/// A small log and the bundles that travel about it.
private final class BundleFixture {
    let paper: PaperDeployment
    let directory: Directory
    let organisation: OrganisationID
    let envelope: Envelope
    let inBundle: [UInt8]
    let outBundle: [UInt8]
    let reply: Envelope
    let note: SignedNote

    var origin: [UInt8] { directory.deployment }
    var logKeys: [VerifierKey] { directory.logKeys }

    init() throws {
        let fixture = DirectoryFixture()
        paper = fixture.paper
        directory = try fixture.directory()
        organisation = directory.organisations[0].id
        note = paper.roots.sign(fixture.text)
        let plaintext = Sodium.random(EnvelopeClass.text.plaintextSize)
        let desk = paper["nl-vi"]
        envelope = .text(plaintext, to: desk.seal.publicKey, second: .decoy)
        let log = PaperLog([
            .init(.directory(serial: 7, digest: note.digest), note.bytes),
            .init(.submission(organisation, .random(), envelope.digest), envelope.bytes),
            .init(.submission(directory.organisations[1].id, .random(), Digest(of: [1]))),
            .init(.dayEnd(Day(number: 20_780))),
        ])
        inBundle = try log.stick(for: organisation, by: paper.log)
        let tree = log.tree()
        let cosigned = try paper.log.verified(
            desk.signer.cosigning(paper.log.checkpoint(tree), day: Day(number: 20_781))
        )
        reply = .reply(
            Sodium.random(EnvelopeClass.reply.plaintextSize),
            to: SealingKeyPair.random().publicKey
        )
        let row = OutRow.reply(organisation, shard: 3, tag: .random(), digest: reply.digest)
        outBundle =
            OutBundle.head(
                checkpoint: cosigned,
                organisation: organisation,
                have: 4,
                shards: 4,
                acknowledgement: OutBundle.Acknowledgement(size: 4, root: tree.root),
                rows: [row],
                signer: desk.signer
            ) + reply.bytes
    }

    /// Takes an in-bundle whole: its container and each object.
    func takeIn(_ bytes: [UInt8]) throws(BundleError) -> InBundle {
        var source = ArraySource(bytes)
        let bundle = try InBundle(
            from: &source,
            organisation: organisation,
            origin: origin,
            logKeys: logKeys
        )
        for row in bundle.rows where row.size > 0 {
            _ = try InBundle.object(of: row, from: &source)
        }
        try InBundle.checkEnd(of: &source)
        return bundle
    }

    /// Takes an out-bundle whole.
    func takeOut(_ bytes: [UInt8]) throws(BundleError) -> OutBundle {
        var source = ArraySource(bytes)
        let bundle = try OutBundle(from: &source, directory: directory)
        for row in bundle.rows where row.objectSize > 0 {
            _ = try OutBundle.object(of: row, from: &source)
        }
        try InBundle.checkEnd(of: &source)
        return bundle
    }
}

struct BundleTests {
    private let fixture: BundleFixture

    init() throws {
        fixture = try BundleFixture()
    }

    @Test func `bundles read as they were written`() throws {
        let taken = try fixture.takeIn(fixture.inBundle)
        let sizes = taken.rows.map(\.size)
        #expect(sizes == [sizes[0], 16_384, 0, 0])
        #expect(taken.run.after.root == taken.checkpoint.checkpoint.root)
        let out = try fixture.takeOut(fixture.outBundle)
        #expect(out.organisation == fixture.organisation)
        #expect(out.rows.map(\.digest) == [fixture.reply.digest])
        #expect(out.acknowledgement.size == 4)
    }

    /// The log holds the digest of a directory's text; the signatures below it are held to the
    /// roots by the desk itself, which the last expectation shows.
    @Test func `every single changed bit of an in-bundle is refused`() throws {
        let whole = fixture.inBundle
        let noteEnd = whole.count - 16_384
        let signatures = noteEnd - (fixture.note.bytes.count - fixture.note.text.count)..<noteEnd
        let roots = try Roots(bytes: fixture.paper.roots.file)
        for place in whole.indices where place < noteEnd || place % 97 == 0 {
            for bit in 0..<8 {
                var changed = whole
                changed[place] ^= 1 << UInt8(bit)
                #expect(throws: (any Error).self, "byte \(place), bit \(bit)") {
                    _ = try fixture.takeIn(changed)
                    guard signatures.contains(place) else { return }
                    let note = changed[noteEnd - fixture.note.bytes.count..<noteEnd]
                    _ = try VerifiedDirectory(
                        note: SignedNote(bytes: [UInt8](note)),
                        roots: roots,
                        deployment: fixture.origin
                    )
                }
            }
        }
    }

    @Test func `every single changed bit of an out-bundle is refused`() throws {
        let whole = fixture.outBundle
        for place in whole.indices where place < whole.count - 4096 || place % 31 == 0 {
            for bit in 0..<8 {
                var changed = whole
                changed[place] ^= 1 << UInt8(bit)
                #expect(throws: BundleError.self, "byte \(place), bit \(bit)") {
                    _ = try fixture.takeOut(changed)
                }
            }
        }
    }

    @Test func `a cut or lengthened bundle is refused`() {
        for bytes in [fixture.inBundle, fixture.outBundle] {
            for count in stride(from: 0, to: bytes.count, by: 61) {
                let cut = [UInt8](bytes.prefix(count))
                #expect(throws: BundleError.self) { _ = try fixture.takeIn(cut) }
                #expect(throws: BundleError.self) { _ = try fixture.takeOut(cut) }
            }
        }
        #expect(throws: BundleError.tooLong) { _ = try fixture.takeIn(fixture.inBundle + [0]) }
        #expect(throws: BundleError.tooLong) { _ = try fixture.takeOut(fixture.outBundle + [0]) }
    }

    @Test func `a bundle of the other direction is refused`() {
        #expect(throws: BundleError.note(.notSigned)) { _ = try fixture.takeIn(fixture.outBundle) }
        #expect(throws: BundleError.note(.notSigned)) { _ = try fixture.takeOut(fixture.inBundle) }
    }

    @Test func `a bundle for another organisation is refused`() throws {
        var source = ArraySource(fixture.inBundle)
        let other = try #require(OrganisationID(ascii: ascii("helpdesk")))
        #expect(throws: BundleError.otherOrganisation) {
            _ = try InBundle(
                from: &source,
                organisation: other,
                origin: fixture.origin,
                logKeys: fixture.logKeys
            )
        }
    }

    @Test func `a desk cannot speak in another's name`() throws {
        let checkpoint = try fixture.takeIn(fixture.inBundle).checkpoint
        let head = OutBundle.head(
            checkpoint: checkpoint,
            organisation: fixture.organisation,
            have: 0,
            shards: 4,
            acknowledgement: .none,
            rows: [],
            signer: fixture.paper["helpdesk"].signer
        )
        #expect(throws: BundleError.otherOrganisation) { _ = try fixture.takeOut(head) }
    }

    @Test func `an acknowledgement without the cosignature is refused`() throws {
        let checkpoint = try fixture.takeIn(fixture.inBundle).checkpoint
        let acknowledgement = OutBundle.Acknowledgement(
            size: checkpoint.checkpoint.size,
            root: checkpoint.checkpoint.root
        )
        let head = OutBundle.head(
            checkpoint: checkpoint,
            organisation: fixture.organisation,
            have: 4,
            shards: 4,
            acknowledgement: acknowledgement,
            rows: [],
            signer: fixture.paper["nl-vi"].signer
        )
        #expect(throws: BundleError.badAcknowledgement) { _ = try fixture.takeOut(head) }
    }
}
