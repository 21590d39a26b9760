import IntakeOpening
import SealedIntake

/// Why nothing is looked for.
enum LookRefusal: Int32 {
    case malformed = 1
    case noKeys = 2
}

extension Visit {
    /// Says how far back one can look, then, at every organisation, where each message of the code
    /// is, and each answer in a shard of the drop; before that was fetched, with no bytes, which
    /// answers the log says there are.
    func look(_ shard: [UInt8]) -> Outcome {
        let drop = shard.isEmpty ? nil : try? Drop(bytes: shard)
        guard shard.isEmpty || drop != nil else { return .refused(LookRefusal.malformed) }
        guard let opened, let keys else { return .refused(LookRefusal.noKeys) }
        let organisations = opened.directory.organisations
        let tags = tags ?? OwnTags(keys: keys, organisations: organisations)
        self.tags = tags
        let today = opened.signedToday
        let own = own ?? OwnLeaves(in: opened.log, of: organisations, tags: tags, today: today)
        self.own = own
        var found: [Finding] = []
        var proofs: [HeldProof] = []
        for place in organisations.indices {
            var replies = Replies(
                opened: opened,
                place: place,
                thread: keys.thread(at: organisations[place].id),
                tags: tags,
                own: own,
                drop: drop
            )
            found += replies.findings()
            proofs.append(replies.proof)
        }
        let sent = own.messages.map { finding($0, proofs[$0.organisation], opened) }
        return .done(
            [Parts.number(opened.log.reach.rawValue)] + (sent + found).flatMap { $0.parts }
        )
    }

    /// Takes the month before those in view; says how far back one can look.
    func look(back month: [UInt8]) -> Outcome {
        guard let opened, let month = try? LogRun(monthFile: month) else {
            return .refused(OpeningRefusal.log)
        }
        do throws(OpeningRefusal) {
            let reach = try opened.reach(back: month)
            own = nil
            return .done([Parts.number(reach.rawValue)])
        } catch {
            return .refused(error)
        }
    }

    private func finding(
        _ message: OwnLeaves.Entry,
        _ proof: HeldProof,
        _ opened: OpenedVisit
    ) -> Finding {
        let organisation = opened.directory.organisations[message.organisation]
        let cosigned = opened.log.cosigned[message.organisation]?.size ?? 0
        let escalation = organisation.escalation
        let due = escalation.map { message.day.adding($0.days) }
        let state: Finding.State
        if message.index < cosigned {
            state = .atOrganisation
        } else if message.index < proof.size {
            state = .shownLess
        } else if let due, due <= opened.signedToday {
            // Who shows less than is proved may show less than that too.
            state = cosigned < proof.size ? .shownLess : .overdue
        } else {
            state = .recorded
        }
        return Finding(
            organisation: organisation.id,
            state: state,
            index: message.index,
            day: message.day,
            until: due,
            other: escalation?.organisation
        )
    }
}

/// The answers of one organisation.
private struct Replies {
    let opened: OpenedVisit
    let place: Int
    let thread: ReporterKeys.Thread
    let tags: OwnTags
    let own: OwnLeaves
    /// What was fetched of the drop; nil before it was.
    let drop: Drop?

    /// What the organisation must hold by what was found.
    private(set) var proof: HeldProof

    init(
        opened: OpenedVisit,
        place: Int,
        thread: ReporterKeys.Thread,
        tags: OwnTags,
        own: OwnLeaves,
        drop: Drop?
    ) {
        self.opened = opened
        self.place = place
        self.thread = thread
        self.tags = tags
        self.own = own
        self.drop = drop
        let id = opened.directory.organisations[place].id
        proof = HeldProof(acknowledged: opened.log.acknowledged(by: id))
    }

    private var organisation: Organisation { opened.directory.organisations[place] }

    /// What became of each, and thereby what they prove.
    mutating func findings() -> [Finding] {
        var found: [Finding] = []
        for number in 0..<TagKey.replyCount {
            let envelope = drop?.envelope(tags.reply(number, of: place))
            var isLogged = false
            for entry in own.replies where entry.organisation == place && entry.number == number {
                isLogged = true
                if let finding = finding(entry, envelope) { found.append(finding) }
            }
            if !isLogged, let envelope, let finding = unlogged(envelope, number) {
                found.append(finding)
            }
        }
        return found
    }

    /// What became of a reply that the log has; nil where its envelope lies in the drop and says
    /// nothing that can be believed.
    private mutating func finding(_ entry: OwnLeaves.Entry, _ envelope: [UInt8]?) -> Finding? {
        let end = entry.day.adding(Keeping.replyDays)
        var said: Reply?
        let state: Finding.State
        if own.withdrawals.contains(where: {
            $0.leaf.tag == entry.leaf.tag && $0.leaf.digest == entry.leaf.digest
        }) {
            state = .withdrawn
        } else if let envelope, Digest(of: envelope) == entry.leaf.digest {
            guard let reply = reply(in: envelope, entry.number) else { return nil }
            said = reply
            state = .answered
        } else if opened.signedToday < end {
            state = drop == nil ? .coming : .withheld
        } else {
            state = .expired
        }
        if said == nil { proof.add(answerAt: entry.index, isWithheld: state == .withheld) }
        return Finding(
            organisation: organisation.id,
            state: state,
            index: entry.index,
            day: entry.day,
            until: end,
            reply: said
        )
    }

    /// A reply without its leaf is no answer; one that was written before the months in view may
    /// have its leaf there.
    private mutating func unlogged(_ envelope: [UInt8], _ number: UInt32) -> Finding? {
        guard let reply = reply(in: envelope, number), reply.day < opened.log.since.first,
            opened.log.reach == .more
        else { return nil }
        return Finding(organisation: organisation.id, state: .earlier, day: reply.day)
    }

    /// What does not open or is not signed by that organisation's desk is passed over: anybody who
    /// guesses a tag could put it there.
    private mutating func reply(in bytes: [UInt8], _ number: UInt32) -> Reply? {
        guard let envelope = try? Envelope(bytes: bytes, expecting: .reply),
            let plaintext = try? envelope.open(with: thread.keys.reply)
        else { return nil }
        let reply = try? Reply(
            plaintext: plaintext,
            organisation: organisation.id,
            number: number,
            threadDigest: thread.keys.threadDigest,
            deskKeys: organisation.deskKeys.map { $0.key }
        )
        if let reply {
            let here = own.messages.filter { $0.organisation == place }
            proof.add(answerTo: reply.answered, among: here)
        }
        return reply
    }
}
