import SealedIntake

extension Reader {
    /// What is posted, and what is answered.
    static let wire = [
        Reader(name: "submission") { bytes in
            guard let read = try? Submission(bytes: bytes) else { return false }
            require(read.bytes == bytes, "a submission has one spelling")
            return true
        },
        Reader(name: "envelope") { bytes in
            EnvelopeClass.allCases.contains { envelopeClass in
                guard let read = try? Envelope(bytes: bytes, expecting: envelopeClass) else {
                    return false
                }
                require(read.bytes == bytes, "an envelope has one spelling")
                return true
            }
        },
        Reader(name: "challenge") { bytes in
            guard let read = Challenge(bytes: bytes) else { return false }
            require(read.bytes == bytes, "a challenge has one spelling")
            _ = read.day.text
            return true
        },
        Reader(name: "promise") { bytes in
            guard let text = (try? SignedNote(bytes: bytes))?.text else { return false }
            let note = Signed.promise.note(text)
            guard
                let read = try? SubmissionPromise(
                    note: note,
                    origin: Signed.name,
                    promiseKeys: [Signed.promise.verifierKey]
                )
            else { return false }
            require(read.text == note.text, "a promise has one spelling")
            return true
        },
    ]

    /// The code that somebody typed.
    static let token = Reader(name: "token") { bytes in
        guard let read = try? FollowUpToken(reading: bytes) else { return false }
        let spelled = [UInt8](read.lines.joined(separator: [0x0A]))
        guard let again = try? FollowUpToken(reading: spelled) else {
            require(false, "the spelling of a code is a code")
            return false
        }
        require(again.exposed == read.exposed, "a code and its spelling are one")
        require(read.isContained(in: bytes), "a code is found in what was typed")
        guard let found = try? FollowUpToken(writtenIn: bytes) else {
            require(false, "a code is found where it stands alone")
            return false
        }
        return found.exposed == read.exposed
    }

    /// The plaintext of a reporter's message.
    static let frame = Reader(name: "frame") { bytes in
        guard let read = try? Frame(bytes: bytes, magic: .reporter) else { return false }
        let rest = bytes.dropFirst(read.transferred.count)
        require(bytes.starts(with: read.transferred), "what is transferred is the beginning")
        require(rest.count >= 6 && rest.allSatisfy { $0 == 0 }, "behind it there is nothing")
        let isMessage = (try? ReporterMessage(admitting: read)) != nil
        let isTransfer = (try? TransferredMessage(admitting: read)) != nil
        require(!isMessage || !isTransfer, "a frame is of one kind")
        return isMessage || isTransfer
    }

    /// The plaintext of a reply.
    static let reply = Reader(name: "reply") { bytes in
        guard let read = try? Frame(bytes: bytes, magic: .organisation) else { return false }
        guard let name = read.value(.organisation), let id = OrganisationID(ascii: name) else {
            return false
        }
        // Both are the reader's to know; so that it goes on, they are what the frame says.
        var number = ByteReader(read.value(.number) ?? [])
        let reply = try? Reply(
            plaintext: bytes,
            organisation: id,
            number: (try? number.u32()) ?? 0,
            threadDigest: Digest(bytes: read.value(.threadDigest) ?? []) ?? Digest(of: []),
            deskKeys: [Signed.desk.verifierKey.key]
        )
        return reply != nil
    }
}
