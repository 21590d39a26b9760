import SealedIntake

extension Check {
    static func note(_ bytes: [UInt8], logKey: [UInt8], deskKey: [UInt8]) -> Outcome {
        guard let logKey = try? VerifierKey(text: logKey),
            let note = try? SignedNote(bytes: bytes), note.bytes == bytes,
            let verified = try? VerifiedCheckpoint(
                note: note,
                origin: logKey.name,
                logKeys: [logKey]
            )
        else { return refused }
        let checkpoint = verified.checkpoint
        let numbers = [Parts.number(Int(checkpoint.size)), checkpoint.root.bytes]
        guard !deskKey.isEmpty else { return .done(numbers) }
        guard let deskKey = try? VerifierKey(text: deskKey),
            let day = try? verified.cosigned(by: [deskKey])
        else { return refused }
        return .done(numbers + [Parts.number(Int(day.number))])
    }

    static func log(_ bytes: [UInt8]) -> Outcome {
        var reader = ByteReader(bytes)
        var tree = MerkleTree()
        var found: [[UInt8]] = []
        while !reader.isAtEnd {
            guard let leaf = try? Leaf(from: &reader) else { return refused }
            tree.append(leaf.hash)
            found += [leaf.hash.bytes, tree.root.bytes]
        }
        return .done(found)
    }

    static func month(_ bytes: [UInt8]) -> Outcome {
        guard let month = try? LogRun(monthFile: bytes), month.monthFile == bytes else {
            return refused
        }
        let after = month.after
        let numbers = [Parts.number(Int(month.first)), Parts.number(Int(after.size))]
        return .done(numbers + [after.root.bytes] + after.subtrees.map { $0.bytes })
    }
}
