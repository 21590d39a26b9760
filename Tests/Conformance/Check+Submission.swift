import SealedIntake

extension Check {
    /// Whether a stamp is worth what it says; and the one that is found from nonce 0 on.
    static func stamp(
        organisation: [UInt8],
        challenge: [UInt8],
        tries: [UInt8],
        stamp: [UInt8]
    ) -> Outcome {
        var reader = ByteReader(stamp)
        guard let organisation = OrganisationID(ascii: organisation),
            challenge.count == Challenge.toSolveCount,
            let tries = Parts.number(in: tries).flatMap({ UInt16(exactly: $0) }),
            let stamp = try? Stamp(from: &reader), reader.isAtEnd,
            let isWorth = try? stamp.isWorth(tries, for: organisation, challenge: challenge),
            isWorth
        else { return refused }
        var search = StampSearch(
            organisation: organisation,
            hour: stamp.hour,
            challenge: challenge,
            tries: tries,
            ticket: stamp.ticket
        )
        guard let found = try? search.finish() else { return refused }
        return .done([found.bytes])
    }

    static func submission(_ bytes: [UInt8]) -> Outcome {
        guard let submission = try? Submission(bytes: bytes), submission.bytes == bytes else {
            return refused
        }
        return .done([
            [submission.envelope.envelopeClass.rawValue], [submission.isCover ? 1 : 0],
            submission.organisation.ascii, submission.tag.bytes, submission.stamp.bytes,
        ])
    }

    /// Beside a directory of so many organisations, which allows so much work.
    static func challenge(_ bytes: [UInt8], organisations: [UInt8], work: [UInt8]) -> Outcome {
        guard let challenge = Challenge(bytes: bytes), challenge.bytes == bytes,
            let count = Parts.number(in: organisations), let work = Parts.number(in: work),
            challenge.fits(organisationCount: Int(count), work: UInt16(clamping: work))
        else { return refused }
        let flags = [UInt8](
            [challenge.isTextClosed, challenge.arePiecesClosed].map { $0 ? 1 : 0 }
        )
        let tries = challenge.tries.map { Parts.number(Int($0)) }
        return .done([Parts.number(Int(challenge.hour)), flags, challenge.bytesToSolve] + tries)
    }

    static func promise(_ note: [UInt8], origin: [UInt8], keys: [[UInt8]]) -> Outcome {
        let keys = keys.compactMap { try? VerifierKey(text: $0) }
        guard let note = try? SignedNote(bytes: note),
            let promise = try? SubmissionPromise(note: note, origin: origin, promiseKeys: keys)
        else { return refused }
        return .done([promise.day.text, promise.leaf])
    }

    static func directory(_ note: [UInt8], root: [UInt8], deployment: [UInt8]) -> Outcome {
        guard let roots = try? Roots(bytes: [UInt8]("threshold 1\n".utf8) + root + [0x0A]),
            let note = try? SignedNote(bytes: note),
            let read = try? VerifiedDirectory(note: note, roots: roots, deployment: deployment)
        else { return refused }
        let directory = read.directory
        return .done([
            read.digest.bytes, Parts.number(Int(directory.shards)),
            Parts.number(Int(directory.work)),
        ])
    }
}
