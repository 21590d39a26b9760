import GRDB
import SealedIntake
import Stage
import Testing

@testable import IntakeStore

/// `check` holds overdue envelopes and withdrawals to what they speak of.
struct LeafRulesTests {
    /// A store with overdue, withdrawn and transferred things, closed for eight days.
    private func full() async throws -> Deployment {
        let deployment = try Deployment(
            organisations: ["nl-vi", "helpdesk", "politie"],
            batch: 1,
            escalations: ["nl-vi": "helpdesk after 3"]
        )
        let desk = try #require(deployment.desks["politie".id])
        let reply = desk.reply()
        try deployment.closePast(deployment.today.adding(1))
        let rows = [reply, try desk.transfer(to: "nl-vi"), desk.withdraw(reply.row)]
        try deployment.take(deployment.bundle(of: "politie", rows))
        try deployment.closePast(deployment.today.adding(8))
        return deployment
    }

    /// Replaces leaves and signs everything again, as only a server with its log key could.
    private func forge(
        _ deployment: Deployment,
        _ change: (inout [[Leaf]]) throws -> Void
    ) throws {
        var days: [[Leaf]] = [[]]
        for leaf in try deployment.leaves() {
            days[days.count - 1].append(leaf)
            if leaf.type == .dayEnd { days.append([]) }
        }
        days.removeLast()
        try change(&days)
        let key = deployment.logKey
        try deployment.store.pool.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA foreign_keys = OFF")
            for index in ["leaf_overdue", "leaf_withdrawal", "leaf_reply"] {
                try database.execute(sql: "DROP INDEX \(index)")
            }
            try database.execute(
                sql: """
                    DELETE FROM leaf;
                    DELETE FROM checkpoint WHERE size > 0;
                    DELETE FROM acknowledgement
                    """
            )
            var tree = MerkleTree()
            for leaves in days {
                let day = try #require(leaves.last?.day)
                for leaf in leaves {
                    try leaf.insert(into: database, at: tree.size, day: day)
                    tree.append(leaf.hash)
                }
                let note = key.signer.checkpoint(tree)
                try StoredCheckpoint(day: day, tree: tree, note: note)
                    .insert(into: database)
            }
        }
        try deployment.mark.write(try deployment.newest())
    }

    private typealias Change = @Sendable (inout [[Leaf]]) throws -> Void

    private static let lies: [(name: String, says: String, change: Change)] = [
        (
            "what was due is not transferred", "it must have been escalated to helpdesk",
            { days in days[3].removeAll { $0.type == .overdue } }
        ),
        (
            "a reply under the tag of another", "what it records stands in leaf 9 already",
            { days in
                let reply = try #require(days[1].first { $0.type == .reply })
                let again = Leaf.reply(try "politie".id, reply.tag, Digest(of: [3]))
                let place = try #require(days[3].lastIndex { $0.type == .submission })
                days[3].insert(again, at: place + 1)
            }
        ),
        (
            "a day that was left out", "every day must be",
            { days in
                let end = try #require(days[days.count - 1].popLast()?.day)
                days[days.count - 1].append(.dayEnd(end.adding(1)))
            }
        ),
        (
            "an overdue envelope that never came", "envelope that no earlier leaf records",
            { days in
                let place = try #require(days[7].firstIndex { $0.type == .overdue })
                days[7][place] = .overdue(try "helpdesk".id, .random(), Digest(of: [1]))
            }
        ),
        (
            "overdue to the wrong organisation", "is not overdue, or not for this organisation",
            { days in
                let place = try #require(days[3].firstIndex { $0.type == .overdue })
                let (tag, digest) = (days[3][place].tag, days[3][place].digest)
                days[3][place] = .overdue(try "politie".id, tag, digest)
            }
        ),
        (
            "overdue a day too early", "is not overdue, or not for this organisation",
            { days in
                let place = try #require(days[3].firstIndex { $0.type == .overdue })
                let leaf = days[3].remove(at: place)
                let end = try #require(days[2].firstIndex { $0.type == .dayEnd })
                days[2].insert(leaf, at: end)
            }
        ),
        (
            "of an organisation without escalation", "is not overdue, or not for this organisation",
            { days in
                let id = try "politie".id
                let other = try #require(days[0].first { $0.organisation == id })
                let leaf = Leaf.overdue(try "helpdesk".id, other.tag, other.digest)
                let place = try #require(days[3].firstIndex { $0.type == .overdue })
                days[3][place] = leaf
            }
        ),
        (
            "overdue twice", "was logged as overdue before",
            { days in
                let leaf = try #require(days[3].first { $0.type == .overdue })
                let place = try #require(days[4].firstIndex { $0.type == .overdue })
                days[4][place] = leaf
            }
        ),
        (
            "overdue though it was picked up", "is not overdue, or not for this organisation",
            { days in
                let id = try "nl-vi".id
                let tree = MerkleTree(of: days[0] + days[1] + days[2])
                let name = Deployment.name
                let text = Checkpoint(origin: name, size: tree.size, root: tree.root).text
                let digest = Digest(of: text)
                days[3].insert(.acknowledgement(id, size: tree.size, digest: digest), at: 0)
            }
        ),
        (
            "a reply withdrawn that was never said", "of a reply that no earlier leaf records",
            { days in
                let place = try #require(days[1].firstIndex { $0.type == .withdrawal })
                days[1][place] = .withdrawal(try "politie".id, .random(), Digest(of: [2]))
            }
        ),
        (
            "another organisation withdraws it", "of a reply that no earlier leaf records",
            { days in
                let place = try #require(days[1].firstIndex { $0.type == .withdrawal })
                let (tag, digest) = (days[1][place].tag, days[1][place].digest)
                days[1][place] = .withdrawal(try "helpdesk".id, tag, digest)
            }
        ),
        (
            "withdrawals after what is overdue", "is out of order",
            { days in
                let place = try #require(days[1].firstIndex { $0.type == .withdrawal })
                let leaf = days[1].remove(at: place)
                days[1].insert(leaf, at: days[1].count - 1)
                #expect(days[1].contains { $0.type == .transferred })
            }
        ),
    ]

    @Test(arguments: lies.map(\.name))
    func `each lie has its name`(name: String) async throws {
        let deployment = try await full()
        _ = try deployment.check()
        let lie = try #require(Self.lies.first { $0.name == name })
        try forge(deployment, lie.change)
        let error = #expect(throws: StoreError.self) { try deployment.check() }
        #expect(error?.clause.contains(lie.says) == true, "\(error?.clause ?? "")")
    }

    @Test func `a log that was signed again unchanged holds but for what it acknowledged`()
        async throws
    {
        let deployment = try await full()
        try forge(deployment) { _ in }
        _ = try deployment.check()
    }
}
