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

/// A tag: tag key, envelope digest, slot, a tag to read; then the slot's tag, its release, and the
/// slot read, or nothing.
@c(conformance_tag)
public func conformanceTag() -> Int32 {
    Memory.run(parts: 4) { Check.tag(key: $0[0], envelope: $0[1], slot: $0[2], tag: $0[3]) }
}

/// A stamp's worth: organisation, challenge, tries, stamp; then the stamp found from nonce 0 on.
@c(conformance_stamp)
public func conformanceStamp() -> Int32 {
    Memory.run(parts: 4) {
        Check.stamp(organisation: $0[0], challenge: $0[1], tries: $0[2], stamp: $0[3])
    }
}

/// Reads a submission: its body; then class, cover, organisation, tag and stamp.
@c(conformance_submission)
public func conformanceSubmission() -> Int32 {
    Memory.run(parts: 1) { Check.submission($0[0]) }
}

/// Reads a challenge: its bytes, the number of organisations, the work allowed; then the hour, what
/// is closed, what is to be solved, and each number of tries.
@c(conformance_challenge)
public func conformanceChallenge() -> Int32 {
    Memory.run(parts: 3) { Check.challenge($0[0], organisations: $0[1], work: $0[2]) }
}

/// Verifies a promise: note, origin, two promise vkeys or nothing; then day and leaf.
@c(conformance_promise)
public func conformancePromise() -> Int32 {
    Memory.run(parts: 4) { Check.promise($0[0], origin: $0[1], keys: [$0[2], $0[3]]) }
}

/// Verifies a directory: note, root vkey, deployment; then digest, shards and work.
@c(conformance_directory)
public func conformanceDirectory() -> Int32 {
    Memory.run(parts: 3) { Check.directory($0[0], root: $0[1], deployment: $0[2]) }
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
