import IntakeConsole
import Stage
import Testing

@testable import IntakeDesk
@testable import IntakeStore
@testable import SealedIntake

/// The server when it lies: it holds the log key and everything that was sent to it.
///
/// Each lie is told in a town where everything is closed and goes on from there; what can be made
/// good again is made good.
struct DishonestServer {
    let town: Town

    var world: World { town.world }

    /// Tells one lie and holds what came out to what must.
    /// - Returns: false where there was nothing to lie about.
    @discardableResult
    func tell(_ lie: ServerLie) async throws -> Bool {
        town.news = world.store.publication.size
        let wasTrue = town.isLogTrue
        for case .alarm(let word, lasting: true) in lie.caught { town.explained.insert(word) }
        guard let found = try await told(lie) else { return false }
        if lie.spoilsLog { town.isLogTrue = false }
        // Of a log with a fault an audit names the first alone.
        func counts(_ one: Catch) -> Bool {
            if case .auditNames = one { wasTrue } else { true }
        }
        #expect(
            found.filter(counts) == lie.caught.filter(counts),
            "\(lie), seed \(town.seed)"
        )
        return true
    }

    private func told(_ lie: ServerLie) async throws -> [Catch]? {
        switch lie {
        case .withholdsObject: try await withholdObject()
        case .swapsObject: try await swapObject()
        case .dropsReportForOne: try await split { $0.entries.remove(at: $1) }
        case .swapsEnvelopeForOne:
            try await split { log, place in log.entries[place] = try filler(for: log, place) }
        case .keepsDeskApart: try await keepApart()
        case .changesOldLeaf: try changeOldLeaf()
        case .rollsBack: try rollBack()
        case .showsTwoLogs: try await showTwoLogs()
        case .signsTwoRoots: try signTwoRoots()
        case .leavesWitnessOut: try await replaceWitness { _, _, _ in nil }
        case .bringsOldWitness: try await replaceWitness { _, old, _ in old }
        case .forgesWitness: try await replaceWitness { other, _, _ in try forged(by: other) }
        case .bringsWitnessOfAnother: try await replaceWitness { _, _, third in third }
        case .dropsDirectory: try changeDirectory { _ in nil }
        case .forgesDirectory: try changeDirectory { Self.forged($0).bytes }
        default: try await toldToAll(lie)
        }
    }

    /// A report to an organisation, in a close of its own.
    func fresh(_ id: OrganisationID) async throws -> Person.Written {
        let message = try await town.report(to: id)
        try world.pass()
        return message
    }

    /// How many leaves a desk holds.
    func have(_ id: OrganisationID) throws -> Int { Int(try world.desk(id).newestSize) }

    /// One whom nothing stopped.
    func victim() -> OrganisationID { town.chance.pick(town.working) }

    /// Two whom nothing stopped.
    func victims() -> (OrganisationID, OrganisationID)? {
        let two = town.working.shuffled(using: &town.chance)
        return two.count < 2 ? nil : (two[0], two[1])
    }

    /// A note with the same text that a stranger signed in the name of a root.
    static func forged(_ note: SignedNote) -> SignedNote {
        NoteSigner(name: ascii("one.roots"), pair: .random()).note(note.text)
    }

    /// A filler that the server seals itself, in the place and under the tag of a report.
    func filler(for log: ForgedLog, _ place: Int) throws -> LoggedEntry {
        let leaf = log.entries[place].leaf
        let id = try #require(leaf.organisation)
        let key = try #require(try world.directory.organisation(id)?.sealingKey(on: world.today))
        let envelope = Envelope.text(Filler.frame(for: id), to: key, second: .decoy)
        return LoggedEntry(.submission(id, leaf.tag, envelope.digest), envelope.bytes)
    }
}

extension DishonestServer {
    private func withholdObject() async throws -> [Catch] {
        let id = victim()
        let message = try await fresh(id)
        let log = try ForgedLog(of: world)
        let place = try log.place(of: message.envelope)
        let stick = try log.stick(for: id, from: have(id), without: [place])
        let found = try town.take(stick, at: id)
        let again = try world.stickIn(id, from: UInt64(place))
        #expect(try town.take(again, at: id) == [], "it comes all the same")
        return found
    }

    private func swapObject() async throws -> [Catch] {
        let id = victim()
        let message = try await fresh(id)
        var log = try ForgedLog(of: world)
        let place = try log.place(of: message.envelope)
        log.entries[place].object = try filler(for: log, place).object
        return try town.take(try log.stick(for: id, from: have(id)), at: id)
    }

    /// One desk is shown another log than everybody, and puts its name under it.
    private func split(_ change: (inout ForgedLog, Int) throws -> Void) async throws -> [Catch]? {
        guard town.stopped.isEmpty, let (id, other) = victims() else { return nil }
        let message = try await fresh(id)
        let honest = try ForgedLog(of: world)
        var log = honest
        try change(&log, try log.place(of: message.envelope))
        let taken = try town.take(try log.stick(for: id, from: have(id)), at: id)
        #expect(taken == [], "\(taken)")
        town.stopped.insert(id)
        let note = try world.desk(id).cosignedNote
        var found = try visit { view in
            let place = try #require(try world.directory.organisations.firstIndex { $0.id == id })
            var notes = view.checkpoints.cosigned
            notes[place] = note
            view.checkpoints = CheckpointList(newest: view.checkpoints.newest, cosigned: notes)
        }
        let stick = try honest.stick(for: other, from: have(other), witnesses: [note])
        found += try town.take(stick, at: other)
        _ = try world.stickOut(id)
        found += try town.bring(try world.folder.read("\(id).out"))
        return found + (try town.take(try world.stickIn(id), at: id))
    }

    /// One desk is shown a log of its own, and nobody ever meets its signature.
    private func keepApart() async throws -> [Catch]? {
        let (id, escalation) = (world.ids[0], world.ids[2])
        guard town.stopped.isEmpty else { return nil }
        let message = try await fresh(id)
        var log = try ForgedLog(of: world)
        let extra = LoggedEntry(.submission(world.ids[1], .random(), Digest(of: [])))
        log.entries.insert(extra, at: log.entries.count - 1)
        let taken = try town.take(try log.stick(for: id, from: have(id)), at: id)
        #expect(taken == [], "\(taken)")
        town.stopped.insert(id)
        try world.pass(days: 2)
        let person = try town.author(of: message)
        let states = try PublicView(of: world).shown(to: person, in: world).map(\.state)
        try town.carry(escalation)
        let waiting = try world.desk(escalation).waitingElsewhere()
        #expect(waiting.contains { $0.organisation == id }, "it can say so")
        _ = try world.stickOut(id)
        let refused = try town.bring(try world.folder.read("\(id).out"))
        let stick = try town.take(try world.stickIn(id), at: id)
        return states.map { .pageShows($0) } + refused + stick
    }

    private func changeOldLeaf() throws -> [Catch]? {
        let id = victim()
        var log = try ForgedLog(of: world)
        let held = try have(id)
        let places = (0..<held).filter { place in
            let leaf = log.entries[place].leaf
            return leaf.type == .submission && leaf.organisation != id
        }
        guard let place = places.randomElement(using: &town.chance),
            let other = log.entries[place].leaf.organisation
        else { return nil }
        log.entries[place] = LoggedEntry(.submission(other, .random(), Digest(of: [])))
        let from = town.chance.happens(onceIn: 2) ? 0 : held
        return try town.take(try log.stick(for: id, from: from), at: id)
    }

    private func rollBack() throws -> [Catch] {
        let id = victim()
        var log = try ForgedLog(of: world)
        let size = Int.random(in: 1..<(try have(id)), using: &town.chance)
        log.entries.removeSubrange(size...)
        log.entries.append(LoggedEntry(.reply(id, .random(), Digest(of: []))))
        log.entries.append(LoggedEntry(.dayEnd(world.today.previous)))
        return try town.take(try log.stick(for: id, from: 0, witnesses: []), at: id)
    }

    /// The witness of a desk that saw everybody's log tells one that is shown another.
    private func showTwoLogs() async throws -> [Catch]? {
        guard let (id, other) = victims() else { return nil }
        _ = try await fresh(id)
        try town.carry(other)
        var log = try ForgedLog(of: world)
        let extra = LoggedEntry(.submission(other, .random(), Digest(of: [])))
        log.entries.insert(extra, at: log.entries.count - 1)
        return try town.take(try log.stick(for: id, from: have(id)), at: id)
    }

    /// A stick up to where the desk stands, its entries the true ones and the root another.
    private func signTwoRoots() throws -> [Catch] {
        let id = victim()
        try town.carry(id)
        let size = try world.desk(id).newestSize
        let root = Digest(of: town.chance.bytes(9))
        _ = try world.stickIn(id)
        var stick = try StickBytes(try world.folder.read("\(id).in"))
        stick.notes[0] = world.logKey.signer.checkpoint(size: size, root: root)
        return try town.take(stick.bytes, at: id)
    }

    /// A stick with something else in the place of one desk's witness; the change is given its
    /// organisation, its witness of before, and the witness of a third.
    private func replaceWitness(
        _ change: (OrganisationID, SignedNote, SignedNote) throws -> SignedNote?
    ) async throws -> [Catch]? {
        guard let (id, other) = victims(), let old = try world.published(other) else { return nil }
        _ = try await fresh(id)
        for one in town.working where one != id { try town.carry(one) }
        try world.pass()
        var witnesses = try world.witnesses(besides: id)
        let third = try #require(witnesses.first { $0.organisation != other }?.note)
        witnesses.removeAll { $0.organisation == other }
        let replaced = try change(other, old, third)
        let stick = try ForgedLog(of: world).stick(
            for: id,
            from: have(id),
            witnesses: witnesses.map(\.note) + [replaced].compactMap { $0 }
        )
        let found = try town.take(stick, at: id)
        try town.carry(id)
        return found
    }

    /// The note that a desk cosigned, its signature not its own.
    private func forged(by other: OrganisationID) throws -> SignedNote {
        let note = try #require(try world.published(other))
        let key = try #require(try world.directory.organisation(other)?.deskKeys.first)
        let blob = key.cosigner.hash + [UInt8](repeating: 0, count: 72)
        let line = SignedNote.Signature(name: key.name, blob: blob)
        return note.keeping([world.logKey.verifierKey])
            .merging(SignedNote(text: note.text, signatures: [line]))
    }

    /// A stick with another note in the place of a new directory.
    private func changeDirectory(_ change: (SignedNote) -> [UInt8]?) throws -> [Catch] {
        let id = victim()
        try world.installDirectory()
        try world.pass()
        var log = try ForgedLog(of: world)
        let place = try #require(log.entries.lastIndex { $0.leaf.type == .directory })
        let note = try #require(world.store.publication.directory).note
        log.entries[place].object = change(note)
        let found = try town.take(try log.stick(for: id, from: have(id)), at: id)
        let again = try town.take(try world.stickIn(id, from: UInt64(place)), at: id)
        #expect(again == [], "the true one comes")
        return found
    }

    /// What a visitor makes of what is shown to them.
    func visit(_ change: (inout PublicView) throws -> Void) throws -> [Catch] {
        var view = try PublicView(of: world)
        try change(&view)
        return try view.refusals(in: world)
    }
}
