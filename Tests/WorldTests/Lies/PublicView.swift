import IntakeConsole
import SealedIntake
import Testing

@testable import IntakePage
@testable import IntakeStore

/// What the server shows to somebody who opens the page; the page itself looks at it.
struct PublicView {
    /// One finding of a code.
    struct Shown {
        let organisation: OrganisationID
        let state: IntakePage.Finding.State
        let index: UInt32
        let words: String
    }

    var directory: [UInt8]
    var challenge: [UInt8]
    var checkpoints: CheckpointList
    var lastMonth: LogRun
    var thisMonth: LogRun
    var shards: [[UInt8]]
    /// From when the page is that looks at it.
    var page: (serial: UInt64, day: Day)

    /// What an honest server shows.
    init(of world: World) throws {
        let publication = world.store.publication
        directory = try #require(publication.directory).note.bytes
        challenge = try world.store.challenge(at: world.now).bytes
        checkpoints = try CheckpointList(bytes: publication.checkpoints)
        let month = world.today.month
        let last = try #require(publication.month(month.previous, today: world.today))
        let this = try #require(publication.month(month, today: world.today))
        lastMonth = try LogRun(monthFile: last)
        thisMonth = try LogRun(monthFile: this)
        shards = try world.store.shards
        page = (serial: 0, day: World.firstDay)
    }

    /// Opens the page; with the refusal where it does not believe what it got.
    func opened(in world: World) throws -> (visit: Visit, refusal: OpeningRefusal?) {
        let visit = Visit()
        let started = visit.start(
            Site(
                deployment: World.deployment,
                roots: world.roots,
                tree: Digest(of: World.tree).hex,
                language: ascii("nl"),
                serial: ascii("\(page.serial)"),
                madeOn: page.day.text,
                deviceHour: Parts.number(Int(world.now / 3600))
            )
        )
        try #require(started.status == 0)
        let files = PublicFiles(
            directory: directory,
            tree: World.tree,
            challenge: challenge,
            checkpoints: checkpoints.bytes,
            lastMonth: lastMonth.monthFile,
            thisMonth: thisMonth.monthFile
        )
        return (visit, OpeningRefusal(rawValue: visit.open(files).status))
    }

    /// What becomes of a visit without a code.
    func refusals(in world: World) throws -> [Catch] {
        let (visit, refusal) = try opened(in: world)
        if let refusal { return [.pageRefuses(refusal)] }
        return visit.opened?.otherDay == nil ? [] : [.pageAsks]
    }

    /// What somebody finds with their code.
    func shown(to person: Person, in world: World) throws -> [Shown] {
        let (visit, refusal) = try opened(in: world)
        try #require(refusal == nil)
        let taken = visit.takeRoot(person.root.exposed)
        let shard = try #require(taken.parts.first.flatMap { Parts.number(in: $0) })
        let outcome = visit.look(shards[Int(shard)])
        try #require(outcome.status == 0)
        return try stride(from: 1, to: outcome.parts.count, by: 8).map { place in
            let parts = [[UInt8]](outcome.parts[place..<place + 8])
            let state = try #require(Parts.number(in: parts[1]))
            return Shown(
                organisation: try #require(OrganisationID(ascii: parts[0])),
                state: try #require(IntakePage.Finding.State(rawValue: Int(state))),
                index: try #require(Parts.number(in: parts[2])),
                words: String(utf8: parts[7])
            )
        }
    }
}
