import GRDB
import Testing

@testable import IntakePage
@testable import IntakeStore
@testable import SealedIntake

/// Lies to who opens the page.
extension DishonestServer {
    /// An answer that lies in the drop, and its leaf.
    struct LoggedAnswer {
        let person: Person
        let organisation: OrganisationID
        let words: String
        let leaf: Leaf
        let position: Int
    }

    func toldToVisitors(_ lie: ServerLie) async throws -> [Catch]? {
        switch lie {
        case .neverPublishesReply: try neverPublishReply()
        case .showsOldDirectory:
            try showDirectory { _, old in old.bytes }
        case .showsForgedDirectory: try showDirectory { note, _ in Self.forged(note).bytes }
        case .showsMonthWithoutLeaf: try visit(withoutLeaf)
        case .showsOldCheckpoint: try visit(withOldCheckpoint)
        case .showsCosignatureOfAnother: try showCosignatureOfAnother()
        case .showsYesterday:
            try { () throws -> [Catch] in
                let yesterday = try PublicView(of: world)
                try world.pass()
                return try yesterday.refusals(in: world)
            }()
        default: try await toldOfThePast(lie)
        }
    }

    /// Any answer that its person finds, of a desk that nothing stopped.
    func loggedAnswer() throws -> LoggedAnswer? {
        let leaves = try LoggedEntry.all(in: world.store).map(\.leaf)
        for answer in town.answers.shuffled(using: &town.chance)
        where town.working.contains(answer.organisation) && !town.lost.contains(answer.words) {
            let id = answer.organisation
            let replies = try answer.person.replies(from: id, in: world)
            guard let reply = replies.first(where: { String(utf8: $0.text) == answer.words }) else {
                continue
            }
            let tag = answer.person.keys(id).tags.replyTag(number: reply.number)
            let place = leaves.firstIndex {
                $0.type == .reply && $0.tag == tag && $0.organisation == id
            }
            guard let place else { continue }
            return LoggedAnswer(
                person: answer.person,
                organisation: id,
                words: answer.words,
                leaf: leaves[place],
                position: place
            )
        }
        return nil
    }

    /// Whether the page says so of an answer, and shows nothing of it.
    func shown(
        _ answer: LoggedAnswer,
        _ state: IntakePage.Finding.State
    ) throws -> [Catch] {
        let found = try PublicView(of: world).shown(to: answer.person, in: world)
        #expect(!found.contains { $0.words == answer.words })
        let isShown = found.contains {
            $0.organisation == answer.organisation && $0.state == state
        }
        return isShown ? [.pageShows(state)] : []
    }

    private func neverPublishReply() throws -> [Catch]? {
        guard let answer = try loggedAnswer() else { return nil }
        let position = UInt64(answer.position).column
        let entry = try LoggedEntry.all(in: world.store)[answer.position]
        let reply = try #require(entry.reply)
        try world.edit("DELETE FROM reply WHERE position = ?", [position])
        try world.levelDrop()
        let found = try shown(answer, .withheld) + world.audit()
        try world.edit(
            "INSERT INTO reply (position, shard, shards, body) VALUES (?, ?, ?, ?)",
            [position, reply.shard, reply.shards, Blob(reply.body)]
        )
        try world.levelDrop()
        return found
    }

    private func showDirectory(
        _ shown: (SignedNote, SignedNote) -> [UInt8]
    ) throws -> [Catch] {
        let old = try #require(world.store.publication.directory).note
        try world.installDirectory()
        try world.pass()
        let note = try #require(world.store.publication.directory).note
        return try visit { $0.directory = shown(note, old) }
    }

    private func withoutLeaf(_ view: inout PublicView) {
        let isThis = !view.thisMonth.leaves.isEmpty
        let month = isThis ? view.thisMonth : view.lastMonth
        var leaves = month.leaves
        leaves.remove(at: .random(in: 0..<leaves.count, using: &town.chance))
        let cut = LogRun(before: month.before, leaves: leaves)
        if isThis { view.thisMonth = cut } else { view.lastMonth = cut }
    }

    private func withOldCheckpoint(_ view: inout PublicView) throws {
        let old = try world.store.pool.read { database in
            let newest = try StoredCheckpoint.newest(in: database).tree.size
            return try StoredCheckpoint.newest(upTo: newest - 1, in: database)
        }
        view.checkpoints = CheckpointList(newest: old.note, cosigned: view.checkpoints.cosigned)
    }

    /// A desk's line under a checkpoint that it never saw.
    private func showCosignatureOfAnother() throws -> [Catch]? {
        let id = victim()
        guard let note = try world.published(id) else { return nil }
        let key = try #require(try world.directory.organisation(id)?.deskKeys.first)
        let line = note.keeping([key.cosigner]).signatures
        let other = try ForgedLog(of: world).checkpoint(of: 1).note
        let moved = other.merging(SignedNote(text: other.text, signatures: line))
        return try visit { view in
            let place = try #require(try world.directory.organisations.firstIndex { $0.id == id })
            var notes = view.checkpoints.cosigned
            notes[place] = moved
            view.checkpoints = CheckpointList(newest: view.checkpoints.newest, cosigned: notes)
        }
    }
}
