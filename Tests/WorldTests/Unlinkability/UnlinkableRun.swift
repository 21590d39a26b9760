import Testing

@testable import IntakeDesk
@testable import IntakeStore
@testable import SealedIntake

/// Two hundred people who each report, are answered once and write again; and everything that
/// anybody without a code or a desk key can keep of it.
///
/// Only what is kept: who also watches each post as it comes in sees its organisation, its tag
/// and the order, by design (`docs/threat-model.md`, *A curious operator*).
struct UnlinkableRun: Sendable {
    static let people = 200
    /// So large that each day has a hundred fillers.
    static let batch = 300
    static let shardCount = 8
    /// The name of what a stick's row says of a reply's shard.
    static let rowShard = "stick: shard of the row"
    /// Made once for all tests of a run.
    static let shared = Task { try await UnlinkableRun(seed: .random(in: 0...(.max))) }

    /// Printed by a failing test.
    let seed: UInt64
    let reports: Kept
    let replies: Kept
    let followUps: Kept
    /// What the desk answered to the follow-ups, in the same threads.
    let secondReplies: Kept
    /// Of the first day.
    let fillers: Kept
    let snapshots: [Snapshot]
    let files: [KeptFile]
    /// Keys and words, as bytes and in hexadecimal.
    let secrets: [[UInt8]]
    /// The files in which one of them stands.
    let leaks: [String]
    /// Which shard of the drop each person asks for, which anybody sees who counts the shards.
    let shards: [Int]

    /// The things of one class in the order of their digests, and what the test alone knows.
    struct Kept: Sendable {
        var things: [KeptThing]
        /// Whose each is.
        let owners: [Int]
        /// The place of each in the order in which it was posted or written.
        let order: [Int]
    }

    init(seed: UInt64) async throws {
        var steps = try UnlinkableSteps(seed: seed)
        let reports = try await steps.post(.report)
        try steps.snapshot("reports open")
        try steps.world.pass()
        try steps.snapshot("reports closed")
        let fillers = try steps.fillers(besides: reports)
        let inStick = try steps.carryIn("in 1")
        let written = try steps.answer()
        try steps.carryOut("out 1")
        try steps.snapshot("replies taken")
        try steps.world.pass()
        try steps.snapshot("replies closed")
        let followUps = try await steps.post(.followUp)
        try steps.snapshot("follow-ups open")
        try steps.world.pass()
        try steps.snapshot("follow-ups closed")
        let secondStick = try steps.carryIn("in 2")
        let writtenAgain = try steps.answer()
        try steps.carryOut("out 2")
        try steps.snapshot("second replies taken")
        try steps.world.pass()
        try steps.snapshot("end")
        try steps.keepPublic()
        #expect(inStick.messages == Self.people && secondStick.messages == Self.people)
        #expect(inStick.alarms.isEmpty && secondStick.alarms.isEmpty)
        self.seed = seed
        snapshots = steps.snapshots
        files = steps.snapshots.flatMap(\.files) + steps.files
        secrets = steps.secrets + steps.secrets.map { Hex.encode($0) }
        shards = try steps.shards
        let replies = try steps.replies(number: 0, written: written)
        let second = try steps.replies(number: 1, written: writtenAgain)
        var evidence = Evidence([reports, replies, followUps, fillers, second], secrets: secrets)
        for snapshot in snapshots { evidence.read(snapshot) }
        for file in files { evidence.read(file) }
        leaks = evidence.leaks
        self.reports = evidence.classes[0]
        self.replies = evidence.classes[1]
        self.followUps = evidence.classes[2]
        self.fillers = evidence.classes[3]
        secondReplies = evidence.classes[4]
    }

    /// Those of a class whose owners ask for one shard of the drop.
    func kept(_ kept: Kept, inShard shard: Int) -> Kept {
        let places = kept.owners.indices.filter { shards[kept.owners[$0]] == shard }
        return Kept(
            things: places.map { kept.things[$0] },
            owners: places.map { kept.owners[$0] },
            order: places.map { kept.order[$0] }
        )
    }

    /// An attacker who pairs two classes.
    func attacker(_ left: Kept, _ right: Kept) -> Attacker {
        let places = Dictionary(
            uniqueKeysWithValues: right.owners.enumerated().map { ($0.element, $0.offset) }
        )
        return Attacker(
            left: left.things,
            right: right.things,
            truth: left.owners.map { places[$0, default: 0] }
        )
    }
}
