import SealedIntake

extension Reader {
    /// What anybody fetches.
    static let publicFiles = [
        Reader(name: "note") { bytes in
            guard let read = try? SignedNote(bytes: bytes) else { return false }
            require(read.bytes == bytes, "a note has one spelling")
            let key = (try? VerifierKey(text: read.text.dropLast().map { $0 })).map { [$0] } ?? []
            let keys = [Signed.log.verifierKey, Signed.desk.verifierKey.cosigner] + key
            _ = try? read.signers(among: keys)
            _ = read.keeping(keys).digest
            return true
        },
        Reader(name: "checkpoint") { bytes in
            guard let note = Signed.byBoth(bytes),
                let read = try? VerifiedCheckpoint(
                    note: note,
                    origin: Signed.name,
                    logKeys: [Signed.log.verifierKey]
                )
            else { return false }
            require(read.checkpoint.text == note.text, "a checkpoint has one spelling")
            require((try? read.cosigned(by: [Signed.desk.verifierKey])) != nil, "it is cosigned")
            return true
        },
        Reader(name: "checkpoints") { bytes in
            guard let read = try? CheckpointList(bytes: bytes) else { return false }
            require(read.bytes == bytes, "a list of checkpoints has one spelling")
            return true
        },
        Reader(name: "month") { bytes in
            guard let read = try? LogRun(monthFile: bytes) else { return false }
            require(read.monthFile == bytes, "a month has one spelling")
            let end = read.after
            require(end.size == read.first + UInt64(read.leaves.count), "leaves are counted")
            let later = read.leaves.map(\.hash)
            checkConsistency(before: read.before, later: later, after: end)
            for directory in [nil, Self.directory] {
                let structure = CloseStructure(
                    previousDay: nil,
                    first: read.first,
                    directory: directory
                )
                _ = try? structure.check(read.leaves[...])
            }
            return true
        },
        Reader(name: "drop") { bytes in
            guard let read = try? Drop(bytes: bytes) else { return false }
            require(read.bytes == bytes, "a shard has one spelling")
            for entry in read.entries {
                require(read.envelope(entry.tag) == entry.envelope, "an entry is found")
            }
            _ = read.envelope(Tag(number: .max))
            return true
        },
        Reader(name: "directory") { bytes in
            guard let read = try? Directory(text: bytes) else { return false }
            for byte in UInt8.min ... .max {
                require(read.shard(of: byte) < read.shards, "a shard is one of them")
            }
            for organisation in read.organisations {
                for day in [Day(number: 0), read.issued, read.expires, .last] {
                    _ = read.escalationKey(of: organisation, on: day)
                    guard let key = organisation.sealingKey(on: day) else { continue }
                    _ = key.seal(SecretBytes(copying: [1]))
                }
            }
            return true
        },
        Reader(name: "roots") { bytes in (try? Roots(bytes: bytes)) != nil },
        Reader(name: "proof") { bytes in
            guard let read = try? Contradiction(bytes: bytes) else { return false }
            require(read.bytes == bytes, "a proof has one spelling")
            guard let older = Signed.byLog(read.older.bytes),
                let newer = Signed.byLog(read.newer.bytes)
            else { return false }
            let signed = Contradiction(
                older: older,
                newer: newer,
                otherRoot: read.otherRoot,
                consistency: read.consistency
            )
            _ = try? signed.verify(origin: Signed.name, logKeys: [Signed.log.verifierKey])
            return true
        },
    ]

    /// The newer tree begins with the older: the proof of it holds.
    private static func checkConsistency(before: MerkleTree, later: [Digest], after: MerkleTree) {
        guard before.size > 0, later.count <= 512 else { return }
        let proof = MerkleProof.consistency(before: before, later: later)
        let holds: Void? = try? MerkleProof.verifyConsistency(
            olderSize: before.size,
            olderRoot: before.root,
            newerSize: after.size,
            newerRoot: after.root,
            proof: proof
        )
        require(holds != nil, "a proof of our own holds")
    }

    /// An organisation whose envelopes are counted in batches, to check closes with.
    private static let directory = seededText("directory").flatMap { try? Directory(text: $0) }
}
