import SealedIntake

// What the vector checks call: the protocol's own doors, one call a case. Input and output are
// the same parts as the page's; 0 means read, 1 refused. None of this is in the page's program.

/// Makes room for so many bytes of input and says where.
@c(conformance_input)
public func conformanceInput(_ length: Int) -> UnsafeMutablePointer<UInt8> {
    Memory.makeInput(length)
}

/// Where the output of the last check stands.
@c(conformance_output)
public func conformanceOutput() -> UnsafeMutablePointer<UInt8> {
    Memory.outputStart
}

/// How many bytes of output the last check left.
@c(conformance_output_length)
public func conformanceOutputLength() -> Int {
    Memory.outputCount
}

/// Reads a token: its ten bytes and its three lines.
@c(conformance_token)
public func conformanceToken() -> Int32 {
    Memory.run(parts: 1) { Check.token($0[0]) }
}

/// Derives keys: token, deployment, organisation; then all that follows from them.
@c(conformance_keys)
public func conformanceKeys() -> Int32 {
    Memory.run(parts: 3) { Check.keys(token: $0[0], deployment: $0[1], organisation: $0[2]) }
}

/// Opens an envelope: class, envelope, secret key, release or nothing; then the plaintext's digest.
@c(conformance_envelope)
public func conformanceEnvelope() -> Int32 {
    Memory.run(parts: 4) {
        Check.envelope($0[1], envelopeClass: $0[0], secret: $0[2], release: $0[3])
    }
}

/// Opens a piece: envelope, file key; then the plaintext's digest.
@c(conformance_piece)
public func conformancePiece() -> Int32 {
    Memory.run(parts: 2) { Check.piece($0[0], fileKey: $0[1]) }
}

/// Reads a frame: magic, plaintext; then kind and each field's type and value.
@c(conformance_frame)
public func conformanceFrame() -> Int32 {
    Memory.run(parts: 2) { Check.frame($0[1], magic: $0[0]) }
}

/// Whether a frame is signed: magic, plaintext, key, label.
@c(conformance_signature)
public func conformanceSignature() -> Int32 {
    Memory.run(parts: 4) { Check.signature($0[1], magic: $0[0], key: $0[2], label: $0[3]) }
}

/// Whether a frame is admitted: magic, plaintext, key of the organisation's desk or nothing.
@c(conformance_admission)
public func conformanceAdmission() -> Int32 {
    Memory.run(parts: 3) { Check.admission($0[1], magic: $0[0], deskKey: $0[2]) }
}

/// A stamp's challenge and worth: organisation, tag, envelope digest, hour, root, bits; then the
/// challenge, the first nonce worth the bits, and its worth.
@c(conformance_stamp)
public func conformanceStamp() -> Int32 {
    Memory.run(parts: 6) {
        Check.stamp(
            organisation: $0[0],
            tag: $0[1],
            envelope: $0[2],
            hour: $0[3],
            root: $0[4],
            bits: $0[5]
        )
    }
}

/// Verifies a checkpoint: note, log vkey, desk vkey or nothing; then size, root, day cosigned.
@c(conformance_note)
public func conformanceNote() -> Int32 {
    Memory.run(parts: 3) { Check.note($0[0], logKey: $0[1], deskKey: $0[2]) }
}

/// Appends leaves: all of them in one part; then each one's hash and the root after it.
@c(conformance_log)
public func conformanceLog() -> Int32 {
    Memory.run(parts: 1) { Check.log($0[0]) }
}

/// Reads a month: first index, size after it, root, and the subtree roots after it.
@c(conformance_month)
public func conformanceMonth() -> Int32 {
    Memory.run(parts: 1) { Check.month($0[0]) }
}

/// Libsodium's verdict on a signature: key, signature, message.
@c(conformance_ed25519)
public func conformanceEd25519() -> Int32 {
    Memory.run(parts: 3) { Check.ed25519(key: $0[0], signature: $0[1], message: $0[2]) }
}
