/// A key pair with the name under which it signs notes.
public struct NoteSigner: ~Copyable, Sendable {
    /// The name.
    public let name: [UInt8]

    /// The pair; frames are signed with it too.
    public let pair: SigningKeyPair

    /// The four bytes by which a signature line names the key.
    private let hash: [UInt8]

    /// Takes a name without spaces and plus signs.
    public init(name: [UInt8], pair: consuming SigningKeyPair) {
        precondition(VerifierKey.isName(name))
        self.name = name
        hash = VerifierKey(name: name, key: pair.publicKey).hash
        self.pair = pair
    }

    /// The public half.
    public var verifierKey: VerifierKey {
        VerifierKey(name: name, key: pair.publicKey)
    }

    /// A note with this key's signature alone.
    public func note(_ text: [UInt8]) -> SignedNote {
        SignedNote(text: text, signatures: [signature(over: text)])
    }

    /// The note with this key's signature added, once.
    public func signing(_ note: SignedNote) -> SignedNote {
        note.merging(self.note(note.text))
    }

    /// The note with this key's cosignature added; `day` is the time, floored to the day.
    public func cosigning(_ note: SignedNote, day: Day) -> SignedNote {
        let time = UInt64(day.number) * UnixTime.day
        var blob = ByteWriter(verifierKey.cosigner.hash)
        blob.u64(time)
        blob.append(pair.sign(cosigned(note.text, time: time)))
        let line = SignedNote.Signature(name: name, blob: blob.bytes)
        return note.merging(SignedNote(text: note.text, signatures: [line]))
    }

    private func signature(over text: [UInt8]) -> SignedNote.Signature {
        SignedNote.Signature(name: name, blob: hash + pair.sign(text))
    }
}
