import GRDB
import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import IntakePage
@testable import IntakeStore
@testable import SealedIntake

/// Lies in the log that everybody sees.
extension DishonestServer {
    func toldToAll(_ lie: ServerLie) async throws -> [Catch]? {
        switch lie {
        case .acknowledgesForDesk: try await acknowledgeForDesk()
        case .acknowledgementFalls: try await letAcknowledgementFall()
        case .keepsBackReplies: try await keepBackReplies()
        case .takesReplyOut: try takeReplyOut()
        case .swapsLeaves: try await swapLeaves()
        case .overdueTooEarly: try await logOverdueTooEarly()
        case .overdueOfNobody: try logOverdueOfNobody()
        case .hidesOverdue: try await hideOverdue()
        case .leavesOutFillers: try await leaveOutFillers()
        case .logsOldDirectory: try logOldDirectory()
        case .breaksPromise: try await breakPromise(tag: .random())
        case .swapsEnvelopeForAll: try await breakPromise(tag: nil)
        default: try await toldToVisitors(lie)
        }
    }

    /// Type 7 for a desk that never put its name there.
    private func acknowledgeForDesk() async throws -> [Catch]? {
        guard let (id, other) = victims() else { return nil }
        _ = try await fresh(id)
        let newest = try PublicView(of: world).checkpoints.newest
        try world.edit(
            "UPDATE acknowledgement SET size = ?, note = ? WHERE organisation = ?",
            [world.store.publication.size.column, Blob(newest.bytes), Blob(other)]
        )
        try world.pass()
        var found = try town.take(try world.stickIn(id), at: id)
        found += try visit { _ in }
        found += try world.audit()
        found += try town.take(try world.stickIn(other), at: other)
        try town.carry(other)
        try town.carry(id)
        return found
    }

    /// Type 7 for a size that the desk skipped, behind a larger one.
    private func letAcknowledgementFall() async throws -> [Catch] {
        let id = victim()
        _ = try await fresh(id)
        let skipped = world.store.publication.size
        let note = try PublicView(of: world).checkpoints.newest
        try world.pass()
        try town.carry(id)
        try world.pass()
        let said =
            "UPDATE acknowledgement SET size = ?, logged = ?, note = ? WHERE organisation = ?"
        let known = try await world.store.pool.read { database in
            try Acknowledgement.fetch(id, in: database)
        }
        let size = known?.size ?? 0
        let cosigned = try #require(try world.published(id))
        try world.edit(said, [skipped.column, 0, Blob(note.bytes), Blob(id)])
        try world.pass()
        try world.edit(said, [size.column, size.column, Blob(cosigned.bytes), Blob(id)])
        return try town.take(try world.stickIn(id), at: id) + world.audit()
    }

    /// Takes the acknowledgement of a stick and leaves the answers.
    private func keepBackReplies() async throws -> [Catch] {
        let id = victim()
        _ = try await fresh(id)
        #expect(try town.take(try world.stickIn(id), at: id) == [])
        try town.answer(id)
        try world.bringBack(try world.stickOut(id))
        try world.edit("DELETE FROM reply_inbox WHERE organisation = ?", [Blob(id)])
        try world.pass()
        let found = try town.take(try world.stickIn(id), at: id)
        try world.bringBack(try world.stickOut(id))
        try world.pass()
        return found
    }

    /// Type 8 for an answer that its desk never withdrew.
    private func takeReplyOut() throws -> [Catch]? {
        guard let answer = try loggedAnswer() else { return nil }
        let id = answer.organisation
        try world.edit(
            "INSERT INTO withdrawal_inbox (organisation, tag, digest) VALUES (?, ?, ?)",
            [Blob(id), Blob(answer.leaf.tag), Blob(answer.leaf.digest)]
        )
        try world.pass()
        town.lost.insert(answer.words)
        return try town.take(try world.stickIn(id), at: id) + shown(answer, .withdrawn)
    }

    private func swapLeaves() async throws -> [Catch] {
        _ = try await fresh(victim())
        try world.reclose { entries in
            let places = entries.indices.filter { entries[$0].leaf.type == .submission }
            entries.swapAt(places[0], places[1])
        }
        return try world.audit()
    }

    private func logOverdueTooEarly() async throws -> [Catch]? {
        let message = try await fresh(world.ids[0])
        try world.reclose { entries in
            let leaf = try #require(entries.first { $0.leaf.digest == message.envelope }).leaf
            entries.insert(inOrder: LoggedEntry(.overdue(world.ids[2], leaf.tag, leaf.digest)))
        }
        return try world.audit()
    }

    private func logOverdueOfNobody() throws -> [Catch]? {
        let id = world.ids[2]
        guard !town.stopped.contains(id) else { return nil }
        let key = try #require(try world.directory.organisation(id)?.sealingKey(on: world.today))
        let envelope = Envelope.text(Filler.frame(for: id), to: key, second: .decoy)
        try world.pass()
        try world.reclose { entries in
            entries.insert(inOrder: LoggedEntry(.overdue(id, .random(), envelope.digest)))
        }
        var log = try ForgedLog(of: world)
        log.entries[try log.place(of: envelope.digest)].object = envelope.bytes
        #expect(try town.take(try log.stick(for: id, from: have(id)), at: id) == [])
        let waiting = try world.desk(id).waitingElsewhere()
        #expect(waiting.contains { $0.organisation == nil }, "it waits nowhere that is known")
        return try world.audit()
    }

    private func hideOverdue() async throws -> [Catch]? {
        let message = try await fresh(world.ids[0])
        try world.pass(days: 2)
        try world.reclose { entries in entries.removeAll { $0.leaf.type == .overdue } }
        let person = try town.author(of: message)
        let states = try PublicView(of: world).shown(to: person, in: world).map(\.state)
        return states.map { .pageShows($0) } + (try world.audit())
    }

    private func leaveOutFillers() async throws -> [Catch] {
        _ = try await fresh(world.ids[0])
        let written = Set(town.people.flatMap(\.reports).map(\.envelope))
        try world.reclose { entries in
            entries.removeAll { $0.leaf.type == .submission && !written.contains($0.leaf.digest) }
        }
        return try world.audit()
    }

    private func logOldDirectory() throws -> [Catch]? {
        let id = victim()
        let old = try #require(world.store.publication.directory)
        try world.installDirectory()
        try world.pass(days: 2)
        guard !(try LoggedEntry.all(in: world.store).lastClose.contains(.directory)) else {
            return nil
        }
        try world.reclose { entries in
            let leaf = Leaf.directory(serial: old.directory.serial, digest: old.digest)
            entries.insert(LoggedEntry(leaf), at: 0)
        }
        let found = try town.take(try world.stickIn(id), at: id) + world.audit()
        try world.installDirectory()
        return found
    }

    /// What was promised is not in the log, and another envelope is there: under a tag of nobody,
    /// or under the very tag, which does not fit it.
    private func breakPromise(tag: SealedIntake.Tag?) async throws -> [Catch] {
        let message = try await town.report(to: victim())
        let person = try town.author(of: message)
        let own = person.keys(message.organisation).tags
            .messageTag(of: message.envelope, slot: message.slot)
        let leaf = Leaf.submission(message.organisation, own, message.envelope)
        let said = SubmissionPromise(origin: World.deployment, day: world.today, leaf: leaf.bytes)
        let note = world.promiseKey.note(said.text)
        try world.pass()
        let log = try ForgedLog(of: world)
        var other = try filler(for: log, try log.place(of: message.envelope))
        other.leaf = .submission(message.organisation, tag ?? own, other.leaf.digest)
        try world.reclose { entries in
            entries.removeAll { $0.leaf == leaf }
            entries.insert(inOrder: other)
        }
        town.lost.insert(message.words)
        let named = try world.audit()
        #expect(named == [] || !town.isLogTrue, "no audit can know")
        return try missed(other.leaf, by: person) + broken(note)
    }

    /// Whether the page says of a leaf in the place of somebody's message that it is not theirs.
    private func missed(_ leaf: Leaf, by person: Person) throws -> [Catch] {
        let place = try #require(
            try LoggedEntry.all(in: world.store).firstIndex { $0.leaf == leaf }
        )
        let found = try PublicView(of: world).shown(to: person, in: world)
        return found.contains { $0.index == UInt32(place) } ? [] : [.pageMisses]
    }

    /// Whether a promise and the log of its day contradict each other; the log verified.
    private func broken(_ note: SignedNote) throws -> [Catch] {
        let promise = try SubmissionPromise(
            note: note,
            origin: World.deployment,
            promiseKeys: [world.promiseKey.verifierKey]
        )
        let found = try visit { _ in }
        let month = try #require(
            world.store.publication.month(promise.day.month, today: world.today)
        )
        let isKept = try LogRun(monthFile: month).leaves.contains { $0.bytes == promise.leaf }
        return found + (isKept ? [] : [.promiseBroken])
    }
}

extension [LoggedEntry] {
    /// The types of the last close.
    fileprivate var lastClose: Set<LeafType> {
        let days = indices.filter { self[$0].leaf.type == .dayEnd }
        return Set(self[(days.dropLast().last ?? 0)...].map(\.leaf.type))
    }
}
