/// The signed list of organisations and keys.
/// - SeeAlso: `docs/spec/protocol.md`, section 10.
public struct Directory: Hashable, Sendable {
    /// A language of the page and the SHA-256 of that page.
    public struct Page: Hashable, Sendable {
        /// BCP 47.
        public let language: [UInt8]
        /// SHA-256 of the document served.
        public let digest: Digest
    }

    /// The deployment's host name, which is also the log's.
    public let deployment: [UInt8]
    /// Rises with each directory.
    public let serial: UInt64
    /// The day it was issued.
    public let issued: Day
    /// The last day it holds.
    public let expires: Day
    /// The log's keys.
    public let logKeys: [VerifierKey]
    /// The keys that sign promises, and nothing else.
    public let promiseKeys: [VerifierKey]
    /// The number of shards of the drop, a power of two.
    public let shards: UInt32
    /// The most tries that a stamp may be asked, 1 or more.
    public let work: UInt16
    /// SHA-256 of the decision tree file.
    public let treeDigest: Digest
    /// The pages, one a language.
    public let pages: [Page]
    /// The organisations, in the order shown to people.
    public let organisations: [Organisation]

    /// The organisation with an id, or nil.
    public func organisation(_ id: OrganisationID) -> Organisation? {
        organisations.first { $0.id == id }
    }

    /// To whom the second wrap of a text for an organisation is sealed on a day.
    public func escalationKey(of organisation: Organisation, on day: Day) -> EscalationKey {
        guard let escalation = organisation.escalation else { return .none }
        let key = self.organisation(escalation.organisation)?.sealingKey(on: day)
        return key.map { .key($0) } ?? .over
    }

    /// The shard of the drop for a shard byte.
    public func shard(of byte: UInt8) -> UInt32 { UInt32(byte) % shards }

    /// The most shards that the drop may have: one for each shard byte.
    public static let mostShards: UInt32 = 256

    /// Whether the drop may have so many shards: a power of two, at most 256.
    public static func isShardCount(_ shards: UInt32) -> Bool {
        (1...mostShards).contains(shards) && shards.nonzeroBitCount == 1
    }
}

/// Whether what an organisation does not pick up can be released to another.
public enum EscalationKey: Hashable, Sendable {
    /// It has no escalation organisation: the second wrap is a decoy.
    case none
    /// It has one, but no epoch of that one's keys holds on the day: nothing can be sealed.
    case over
    /// The key.
    case key(SealingPublicKey)

    /// The second wrap of a report whose slot has this release, 32 bytes; nil when it is over.
    public func wrap(release: [UInt8]) -> SecondWrap? {
        switch self {
        case .none: .decoy
        case .over: nil
        case .key(let key): .release(release, to: key)
        }
    }

    /// The second wrap of a filler or a cover, which nobody will ever release.
    public var fillerWrap: SecondWrap {
        if case .key(let key) = self { .unreleasable(to: key) } else { .decoy }
    }
}

/// A directory signed by enough roots, with its note.
public struct VerifiedDirectory: Hashable, Sendable {
    /// What it says.
    public let directory: Directory
    /// The note.
    public let note: SignedNote

    /// Verifies a note under the roots, then reads it; the day is not looked at.
    /// - Throws: ``DirectoryError``; the signatures before the text, the text before the
    ///   deployment.
    public init(note: SignedNote, roots: Roots, deployment: [UInt8]) throws(DirectoryError) {
        let signers: [VerifierKey]
        do throws(NoteError) {
            signers = try note.signers(among: roots.keys)
        } catch {
            throw .note(error)
        }
        guard signers.count >= roots.threshold else {
            throw .tooFewRoots(found: signers.count, needed: roots.threshold)
        }
        directory = try Directory(text: note.text)
        guard directory.deployment == deployment else { throw .otherDeployment }
        self.note = note
    }

    /// SHA-256 of its text: what a type 3 leaf holds.
    public var digest: Digest { note.digest }

    /// Refuses a directory whose last day is before `day`.
    /// - Throws: ``DirectoryError/expired``.
    public func checkHolds(on day: Day) throws(DirectoryError) {
        guard day <= directory.expires else { throw .expired(directory.expires) }
    }

    /// Refuses a directory that is older than one already known by serial and digest, or another
    /// of the same serial.
    /// - Throws: ``DirectoryError/staleSerial``, ``DirectoryError/contradiction``.
    public func checkSupersedes(serial: UInt64, digest: Digest) throws(DirectoryError) {
        guard directory.serial >= serial else {
            throw .staleSerial(found: directory.serial, known: serial)
        }
        guard directory.serial > serial || self.digest == digest else { throw .contradiction }
    }
}
