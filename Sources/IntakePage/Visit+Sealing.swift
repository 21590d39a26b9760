import SealedIntake

/// Why a text is not sent.
enum TextRefusal: Int32 {
    case empty = 1
    case tooLong = 2
    case holdsCode = 3
}

/// Why a message is not sealed.
enum SealRefusal: Int32, Error {
    case unknownOrganisation = 1
    case noKeys = 2
    case text = 3
    case answers = 4
    case noSealingKey = 5
    /// What came as a stamp is none.
    case stamp = 6
    /// What a consent or a release is about is not there.
    case about = 9
    /// The answers do not walk the decision tree to an end.
    case walk = 10
}

/// Why a promise is not believed.
enum PromiseRefusal: Int32 {
    case notOfThisLog = 1
    case ofAnother = 2
}

extension Visit {
    /// Says how long a text is, how long it may be, and the text as it would be sent.
    func checkText(_ typed: [UInt8]) -> Outcome {
        let text = PlainText.cleaned(typed)
        let numbers = [Parts.number(text.count), Parts.number(ReporterMessage.longestText)]
        guard !PlainText.isBlank(text) else {
            return .refused(TextRefusal.empty, numbers)
        }
        guard text.count <= ReporterMessage.longestText else {
            return .refused(TextRefusal.tooLong, numbers)
        }
        if FollowUpToken.isWritten(in: text) {
            return .refused(TextRefusal.holdsCode, numbers)
        }
        return .done(numbers + [text])
    }

    /// Seals a message under a stamp that was made before, 52 bytes; says the body to post.
    ///
    /// A consent is about the organisation named, a release about the message of that index; both
    /// have no text.
    func seal(
        kind: [UInt8],
        organisation: [UInt8],
        text: [UInt8],
        answers: [UInt8],
        about: [UInt8],
        stamp: [UInt8]
    ) -> Outcome {
        guard
            let kind = Parts.number(in: kind).flatMap({ UInt8(exactly: $0) })
                .flatMap({ ReporterMessage.Kind(rawValue: $0) })
        else { return .misused }
        do throws(SealRefusal) {
            let recipient = try recipient(organisation)
            var reader = ByteReader(stamp)
            guard let stamp = try? Stamp(from: &reader), reader.isAtEnd else { throw .stamp }
            var letter = Letter(kind: kind)
            switch kind {
            case .report, .followUp:
                let checked = checkText(text)
                guard checked.status == 0, let text = checked.parts.last else { throw .text }
                letter.text = text
                letter.answers = try walked(answers, isNeeded: kind == .report)
            case .consent: letter.transferKeys = try transferKeys(about, from: recipient)
            case .release: letter.release = try release(about, to: recipient)
            }
            return .done([try sealed(letter, to: recipient, under: stamp).bytes])
        } catch {
            return .refused(error)
        }
    }

    /// Makes a submission that says nothing, to a random organisation, of the size of a message;
    /// its stamp is no work.
    func makeCover() -> Outcome {
        guard let opened else { return .refused(ShardRefusal.notOpened) }
        let all = opened.directory.organisations
        let organisation = all[Int(randomNumber(below: UInt32(all.count)))]
        do throws(SealRefusal) {
            let recipient = try recipient(organisation.id.ascii)
            let envelope = Envelope.text(
                Filler.frame(for: organisation.id),
                to: recipient.key,
                second: recipient.escalation.fillerWrap
            )
            let cover = Submission(
                isCover: true,
                organisation: organisation.id,
                tag: .random(),
                stamp: .random(),
                envelope: envelope
            )
            return .done([cover.bytes])
        } catch {
            return .refused(error)
        }
    }

    /// Verifies the promise for a body that was posted; says the day that will carry it.
    func verifyPromise(_ bytes: [UInt8], for body: [UInt8]) -> Outcome {
        guard let opened, let note = try? SignedNote(bytes: bytes),
            let promise = try? SubmissionPromise(
                note: note,
                origin: opened.directory.deployment,
                promiseKeys: opened.directory.promiseKeys
            )
        else { return .refused(PromiseRefusal.notOfThisLog) }
        guard let submission = try? Submission(bytes: body),
            promise
                == SubmissionPromise(
                    origin: promise.origin,
                    day: promise.day,
                    for: submission
                )
        else { return .refused(PromiseRefusal.ofAnother) }
        return .done([promise.day.text])
    }
}

/// What the reporter says.
private struct Letter {
    let kind: ReporterMessage.Kind
    var answers: [Answer] = []
    var text: [UInt8] = []
    var transferKeys: TransferKeys?
    var release: Release?
}

/// To whom, with the keys of today.
private struct Recipient {
    let organisation: Organisation
    let key: SealingPublicKey
    let escalation: EscalationKey
}

extension Visit {
    private func recipient(_ id: [UInt8]) throws(SealRefusal) -> Recipient {
        guard let opened, let id = OrganisationID(ascii: id),
            let organisation = opened.directory.organisation(id)
        else { throw .unknownOrganisation }
        let day = opened.today
        let escalation = opened.directory.escalationKey(of: organisation, on: day)
        guard let key = organisation.sealingKey(on: day), escalation != .over else {
            throw .noSealingKey
        }
        return Recipient(organisation: organisation, key: key, escalation: escalation)
    }

    /// Answers as they are sent: a walk of the tree to an end, in the tree's order.
    ///
    /// Nothing tells in which order they were given. A follow-up needs none.
    private func walked(
        _ lines: [UInt8],
        isNeeded: Bool
    ) throws(SealRefusal) -> [Answer] {
        guard let answers = Answer.list(lines) else { throw .answers }
        guard !answers.isEmpty || isNeeded else { return [] }
        guard let opened, let ordered = try? opened.tree.ordered(answers),
            let walk = try? opened.tree.walk(ordered, on: opened.today), walk.isComplete
        else { throw .walk }
        return ordered
    }

    /// The keys under which another organisation may answer.
    private func transferKeys(
        _ id: [UInt8],
        from recipient: Recipient
    ) throws(SealRefusal) -> TransferKeys {
        guard let opened, let id = OrganisationID(ascii: id), id != recipient.organisation.id,
            let other = opened.directory.organisation(id)
        else { throw .about }
        guard let key = other.sealingKey(on: opened.today) else { throw .noSealingKey }
        guard let keys else { throw .noKeys }
        return TransferKeys(keys.thread(at: id).keys, sealedTo: key)
    }

    /// What opens a message, found before, to the escalation of its organisation.
    private func release(_ index: [UInt8], to recipient: Recipient) throws(SealRefusal) -> Release {
        guard let opened, let keys else { throw .noKeys }
        let wanted = Parts.number(in: index)
        for message in own?.messages ?? [] where UInt32(truncatingIfNeeded: message.index) == wanted
        {
            let from = opened.directory.organisations[message.organisation]
            guard from.escalation?.organisation == recipient.organisation.id else { continue }
            let opening = keys.thread(at: from.id).keys.tags.release(slot: message.number)
            return Release(envelope: message.leaf.digest, opening: opening, from: from.id)
        }
        throw .about
    }

    private func sealed(
        _ letter: Letter,
        to recipient: Recipient,
        under stamp: Stamp
    ) throws(SealRefusal) -> Submission {
        guard let opened, let site, let keys else { throw .noKeys }
        let thread = keys.thread(at: recipient.organisation.id)
        let slot = randomSlot()
        let draft = MessageDraft(
            kind: letter.kind,
            directorySerial: opened.directory.serial,
            treeDigest: opened.directory.treeDigest,
            slot: slot,
            answers: letter.answers,
            text: letter.text,
            language: site.language,
            shardByte: keys.root.shardByte,
            transferKeys: letter.transferKeys,
            release: letter.release
        )
        let release = thread.keys.tags.release(slot: slot)
        guard let second = recipient.escalation.wrap(release: release) else {
            throw .noSealingKey
        }
        let envelope = Envelope.text(
            draft.frame(keys: thread.keys, recipient: recipient.key),
            to: recipient.key,
            second: second
        )
        return Submission(
            organisation: recipient.organisation.id,
            tag: thread.keys.tags.messageTag(of: envelope.digest, slot: slot),
            stamp: stamp,
            envelope: envelope
        )
    }
}
