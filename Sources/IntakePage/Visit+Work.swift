import SealedIntake

/// Why there is no stamp.
enum WorkRefusal: Int32 {
    case malformed = 1
    case noMemory = 2
}

extension Visit {
    /// Begins the search for a stamp as ``asked(for:)`` said it; needs no visit, so that it can
    /// run in a machine of its own while somebody writes.
    func beginWork(
        hour: [UInt8],
        challenge: [UInt8],
        tries: [UInt8],
        organisation: [UInt8]
    ) -> Outcome {
        guard let hour = Parts.number(in: hour), challenge.count == Challenge.toSolveCount,
            let tries = Parts.number(in: tries).flatMap({ UInt16(exactly: $0) }), tries > 0,
            let organisation = OrganisationID(ascii: organisation)
        else { return .refused(WorkRefusal.malformed) }
        search = StampSearch(
            organisation: organisation,
            hour: hour,
            challenge: challenge,
            tries: tries
        )
        return .done()
    }

    /// Tries so many hashes more; says how many parts were found, and once it is done the stamp.
    func work(_ hashes: [UInt8]) -> Outcome {
        guard var going = search,
            let hashes = Parts.number(in: hashes).flatMap({ UInt16(exactly: $0) })
        else { return .refused(WorkRefusal.malformed) }
        do throws(KeyError) {
            try going.go(on: Int(hashes))
        } catch {
            return .refused(WorkRefusal.noMemory)
        }
        search = going
        return .done([Parts.number(going.partsFound), going.stamp?.bytes ?? []])
    }

    /// Puts another stamp on a body, and changes nothing else: the message stays the same one.
    func stamp(_ body: [UInt8], with stamp: [UInt8]) -> Outcome {
        var reader = ByteReader(stamp)
        guard let submission = try? Submission(bytes: body),
            let stamp = try? Stamp(from: &reader), reader.isAtEnd
        else { return .refused(WorkRefusal.malformed) }
        let stamped = Submission(
            organisation: submission.organisation,
            tag: submission.tag,
            stamp: stamp,
            envelope: submission.envelope
        )
        return .done([stamped.bytes])
    }
}
