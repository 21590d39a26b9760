import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import IntakePage
@testable import IntakeStore
@testable import SealedIntake

/// Lies of a server that shows an old time, or less than its own log says.
extension DishonestServer {
    func toldOfThePast(_ lie: ServerLie) async throws -> [Catch]? {
        switch lie {
        case .freezesEverything: try showOld { _ in }
        case .freezesAllButTheHour: try freezeAllButTheHour()
        case .freezesUnderANewPage:
            try showOld { old in
                old.page = (
                    try #require(world.store.publication.directory).directory.serial, world.today
                )
            }
        case .showsOldDirectoryToANewPage:
            try showOld { old in
                old.challenge = try world.store.challenge(at: world.now).bytes
                old.page.serial = world.serial + 1
            }
        case .runsAhead: try await runAhead()
        case .emptiesEntry: try await emptyEntry()
        case .hidesAcknowledgement: try await hideAcknowledgement()
        default: nil
        }
    }

    /// Everything whole and signed, of some days ago.
    private func showOld(_ change: (inout PublicView) throws -> Void) throws -> [Catch] {
        var old = try PublicView(of: world)
        try world.pass(days: 4)
        try change(&old)
        return try old.refusals(in: world)
    }

    /// An honest hour over an old log; of another month the page would see that one is missing.
    private func freezeAllButTheHour() throws -> [Catch]? {
        guard world.today.month == world.today.adding(4).month else { return nil }
        return try showOld { $0.challenge = try world.store.challenge(at: world.now).bytes }
    }

    /// The hour of next week over the log of today: nobody picked anything up in that week.
    private func runAhead() async throws -> [Catch]? {
        let id = world.ids[0]
        guard !town.stopped.contains(id) else { return nil }
        let person = try town.author(of: try await fresh(id))
        var view = try PublicView(of: world)
        view.challenge = try world.store.challenge(at: world.now + 5 * 86_400).bytes
        guard world.today.month == world.today.adding(5).month else { return nil }
        let states = try view.shown(to: person, in: world).map { Catch.pageShows($0.state) }
        return states + (try view.refusals(in: world))
    }

    /// An envelope that its desk holds and the log says so; the list shows no signature.
    private func emptyEntry() async throws -> [Catch]? {
        let id = world.ids[0]
        guard !town.stopped.contains(id) else { return nil }
        let person = try town.author(of: try await fresh(id))
        try town.carry(id)
        try world.pass(days: 3)
        return try statesWithoutEntry(of: id, for: person)
    }

    /// The same, and the log has no type 7 leaf; but its desk answered.
    private func hideAcknowledgement() async throws -> [Catch]? {
        let id = world.ids[0]
        guard !town.stopped.contains(id) else { return nil }
        let person = try town.author(of: try await fresh(id))
        #expect(try town.take(try world.stickIn(id), at: id) == [])
        while try town.answer(id) != nil {}
        try world.bringBack(try world.stickOut(id))
        let known = try await world.store.pool.read { database in
            try Acknowledgement.fetch(id, in: database)
        }
        let size = try #require(known).size
        let hide = "UPDATE acknowledgement SET logged = ? WHERE organisation = ?"
        try world.edit(hide, [size.column, Blob(id)])
        try world.pass(days: 3)
        let found = try statesWithoutEntry(of: id, for: person) + world.audit()
        try world.edit(hide, [0, Blob(id)])
        try world.pass()
        return found
    }

    private func statesWithoutEntry(
        of id: OrganisationID,
        for person: Person
    ) throws -> [Catch] {
        var view = try PublicView(of: world)
        let place = try #require(try world.directory.organisations.firstIndex { $0.id == id })
        var notes = view.checkpoints.cosigned
        notes[place] = nil
        view.checkpoints = CheckpointList(newest: view.checkpoints.newest, cosigned: notes)
        return try view.shown(to: person, in: world).map { .pageShows($0.state) }
    }
}
