/// One report, follow-up or reply as somebody holds it who has no key: its bytes, and a number
/// for each place in which it was kept.
struct KeptThing {
    var tag: [UInt8]
    var digest: [UInt8]
    var envelope: [UInt8]
    /// Places and columns, by a name that begins with where they were found.
    var numbers: [String: Int64] = [:]

    /// What the attacker compares byte by byte: tag, digest, and the envelope's head, commitment,
    /// the beginning and the end of its body.
    var shown: [(name: String, bytes: [UInt8])] {
        let front = Self.front(of: envelope)
        return [
            ("tag", tag), ("digest", digest), ("front", [UInt8](envelope.prefix(front))),
            ("end", [UInt8](envelope.suffix(16))),
        ]
    }

    /// Head, commitment and 16 bytes of the body; the head says itself how many wraps it has.
    private static func front(of envelope: [UInt8]) -> Int {
        envelope.count > 8 ? 8 + Int(envelope[6]) * 80 + 32 + 16 : envelope.count
    }
}
