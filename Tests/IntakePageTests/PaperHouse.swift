import IntakeOpening
import SealedIntake
import Testing

@testable import IntakePage

/// A deployment on paper, and somebody with a code who visits it on 10 March 2026.
final class PaperHouse {
    static let name = [UInt8]("paper.test".utf8)
    static let today = day("2026-03-10")
    /// A question, a danger, and a question of which several answers may be chosen.
    static let tree = [UInt8](
        """
        sealedintake/v1/tree
        from 2026-01-01
        texts nl \(String(repeating: "00", count: 32))
        question gevaar one
        answer nu to o01
        answer nee to thema
        question thema many
        answer pesten to o40
        answer werk to wie
        question wie one
        answer collega to o40
        outcome o01 danger 0
        outcome o40 help 1
        organisation kt open yes
        show first kt
        when outcome=o40

        """.utf8
    )

    let root = NoteSigner(name: [UInt8]("root".utf8), pair: .random())
    let log = NoteSigner(name: PaperHouse.name, pair: .random())
    let promises = NoteSigner(name: [UInt8]("promise.".utf8) + PaperHouse.name, pair: .random())
    var parties = ["nl-vi", "helpdesk", "nl-ocw"].map { Party($0) }
    let keys = ReporterKeys(root: ReporterRoot(key: .random(32)))

    /// The tree that the directory names.
    var signedTree = PaperHouse.tree
    /// The tree that stands in the page; without one the directory's.
    var treeInPage: [UInt8]?
    /// The tree that is served.
    var servedTree = PaperHouse.tree
    /// The most tries that the directory allows.
    var work: UInt16 = 4096
    /// The tries that the server asks, in the directory's order.
    var tries: [UInt16] = [1, 2, 3]
    /// The serial that the page was made under, and the day on which it was.
    var lowestSerial = "7"
    var madeOn = "2026-01-02"
    /// The directory's last day.
    var expires = "2026-06-01"
    /// The serial and digest under which the log has a directory; without a digest the one served.
    var logged: (serial: UInt64, digest: Digest?)? = (7, nil)
    /// What the device's clock says.
    var deviceHour = PaperHouse.hour
    /// Days after which nl-vi's reports go to the helpdesk.
    var patience = 14
    /// Leaves by the day that carries them, in the order they stand.
    var days: [(day: Day, leaves: [Leaf])] = []
    /// Sizes the organisations cosigned, in the directory's order.
    var cosigned: [Int?] = [nil, nil, nil]

    func party(_ name: String) -> Party { known(parties.first { $0.id.description == name }) }

    /// The keys of the code at an organisation.
    func thread(_ name: String) -> ReporterKeys.Thread { keys.thread(at: party(name).id) }

    var directory: SignedNote {
        var lines = [
            "sealedintake/v1/directory", "deployment paper.test", "serial 7", "issued 2026-01-01",
            "expires \(expires)", "log \(text(log.verifierKey.text))",
            "promise \(text(promises.verifierKey.text))", "shards 4", "work \(work)",
            "tree \(text(Digest(of: signedTree).hex))",
        ]
        for party in parties {
            lines += ["organisation \(party.id) De \(party.id)"] + party.keyLines
            lines += [
                "batch 4",
                party.id.description == "nl-vi"
                    ? "escalation helpdesk after \(patience)" : "escalation none",
            ]
        }
        let note = lines.map { $0 + "\n" }.joined()
        return root.note([UInt8](note.utf8))
    }

    /// The leaves, each day with its end, the first of a month with the directory; after the
    /// first month each month closes its first day.
    private var closed: [(month: Month, leaves: [Leaf])] {
        let directories = logged.map { serial, digest in
            [Leaf.directory(serial: serial, digest: digest ?? directory.digest)]
        }
        var all = days
        if let first = days.first?.day.month {
            var month = first.next
            while month <= Self.today.month {
                if !days.contains(where: { $0.day == month.first }) {
                    all.append((month.first, []))
                }
                month = month.next
            }
        }
        let ordered = all.enumerated().sorted { ($0.1.day, $0.0) < ($1.1.day, $1.0) }.map(\.1)
        return ordered.enumerated().map { place, one in
            let isFirst = place == 0 || ordered[place - 1].day.month != one.day.month
            return (
                one.day.month, (isFirst ? directories ?? [] : []) + one.leaves + [.dayEnd(one.day)]
            )
        }
    }

    /// The file of a month.
    func month(_ name: String) -> LogRun {
        let month = known(Month(text: [UInt8](name.utf8)))
        var tree = MerkleTree()
        for one in closed where one.month < month {
            for leaf in one.leaves { tree.append(leaf.hash) }
        }
        return LogRun(
            before: tree,
            leaves: closed.filter { $0.month == month }.flatMap(\.leaves)
        )
    }

    func checkpoint(_ size: Int) -> SignedNote {
        var tree = MerkleTree()
        for leaf in closed.flatMap(\.leaves).prefix(size) { tree.append(leaf.hash) }
        return log.note(Checkpoint(origin: Self.name, size: tree.size, root: tree.root).text)
    }

    /// All leaves.
    var checkpointSize: Int { closed.flatMap(\.leaves).count }

    /// The index of a leaf.
    func index(_ leaf: Leaf) -> Int { known(closed.flatMap(\.leaves).firstIndex(of: leaf)) }

    /// The index behind a leaf: who cosigned it has that leaf.
    func size(with leaf: Leaf) -> Int { index(leaf) + 1 }

    func files(list: CheckpointList? = nil, hour: UInt32 = PaperHouse.hour) -> PublicFiles {
        let notes = zip(parties, cosigned).map { party, size in
            size.map { party.desk.cosigning(checkpoint($0), day: day("2026-03-09")) }
        }
        let list = list ?? CheckpointList(newest: checkpoint(.max), cosigned: notes)
        let asked = Day(unixSeconds: UInt64(hour) * 3600).month
        return PublicFiles(
            directory: directory.bytes,
            tree: servedTree,
            challenge: challenge(at: hour).bytes,
            checkpoints: list.bytes,
            lastMonth: month(text(asked.previous.text)).monthFile,
            thisMonth: month(text(asked.text)).monthFile
        )
    }

    /// Nine in the morning.
    static var hour: UInt32 { today.number * 24 + 9 }

    /// What is served at an hour.
    func challenge(at hour: UInt32 = PaperHouse.hour) -> Challenge {
        Challenge(
            hour: hour,
            isTextClosed: false,
            arePiecesClosed: true,
            bytesToSolve: [UInt8](repeating: 0, count: 16),
            tries: tries
        )
    }

    /// A visit with the code's keys, opened.
    func visit(hour: UInt32 = PaperHouse.hour) -> (visit: Visit, status: Int32) {
        let visit = Visit()
        let roots = [UInt8]("threshold 1\n".utf8) + root.verifierKey.text + [0x0A]
        _ = visit.start(
            Site(
                deployment: Self.name,
                roots: roots,
                tree: Digest(of: treeInPage ?? signedTree).hex,
                language: [UInt8]("nl".utf8),
                serial: [UInt8](lowestSerial.utf8),
                madeOn: [UInt8](madeOn.utf8),
                deviceHour: Parts.number(Int(deviceHour))
            )
        )
        let status = visit.open(files(hour: hour)).status
        visit.keys = keys
        return (visit, status)
    }

    /// What the page would show for these replies in the drop.
    func seen(
        _ drop: [Drop.Entry] = [],
        back months: [String] = [],
        hour: UInt32 = PaperHouse.hour
    ) throws -> [Seen] {
        let (visit, status) = visit(hour: hour)
        try #require(status == 0)
        for name in months { try #require(visit.look(back: month(name).monthFile).status == 0) }
        return try seen(visit, drop)
    }

    func seen(_ visit: Visit, _ drop: [Drop.Entry] = []) throws -> [Seen] {
        try seen(visit.look(Drop(drop).bytes))
    }

    func seen(_ outcome: Outcome) throws -> [Seen] {
        try #require(outcome.status == 0 && outcome.parts.count % 8 == 1)
        return try stride(from: 1, to: outcome.parts.count, by: 8).map {
            try Seen(Array(outcome.parts[$0..<$0 + 8]))
        }
    }

    /// The leaf of the code's message in a slot.
    func message(_ name: String = "nl-vi", slot: UInt32 = 5, _ object: String = "a") -> Leaf {
        let digest = Digest(of: [UInt8](object.utf8))
        let tag = thread(name).keys.tags.messageTag(of: digest, slot: slot)
        return .submission(party(name).id, tag, digest)
    }

    /// A reply as it lies in the drop, and its leaf.
    func reply(
        _ name: String = "nl-vi",
        number: UInt32 = 0,
        kind: Reply.Kind = .message,
        written: String = "2026-03-02",
        by signer: String? = nil,
        before: Party? = nil,
        to answered: Leaf? = nil
    ) -> (entry: Drop.Entry, leaf: Leaf) {
        let thread = thread(name)
        let reply = Reply(
            kind: kind,
            organisation: party(name).id,
            number: number,
            answered: answered?.digest ?? Digest(of: []),
            text: [UInt8]("Dag.".utf8),
            day: day(written),
            threadDigest: thread.keys.threadDigest,
            other: kind == .transfer ? party("nl-ocw").id : nil
        )
        let plaintext = reply.frame(signedBy: (before ?? party(signer ?? name)).desk.pair)
        let envelope = Envelope.reply(plaintext, to: thread.keys.reply.publicKey)
        let tag = thread.keys.tags.replyTag(number: number)
        return (
            Drop.Entry(tag: tag, envelope: envelope.bytes),
            .reply(party(name).id, tag, envelope.digest)
        )
    }
}

/// A receiving organisation with its secrets.
final class Party {
    let id: OrganisationID
    let seal = SealingKeyPair.random()
    /// The last day of its sealing key, and of one that is over before.
    var until = "2026-05-01"
    var endedOn: String?
    let ended = SealingKeyPair.random()
    let desk: NoteSigner
    /// Itself with the desk key it had before, where that is listed.
    var before: Party?

    init(_ name: String) {
        id = known(OrganisationID(ascii: [UInt8](name.utf8)))
        desk = NoteSigner(name: [UInt8](name.utf8) + [0x2E] + PaperHouse.name, pair: .random())
    }

    /// Its keys in the directory.
    var keyLines: [String] {
        var lines: [String] = []
        if let endedOn { lines.append(line(ended, endedOn)) }
        lines += [line(seal, until), "desk \(text(desk.verifierKey.text))"]
        if let before { lines.append("desk \(text(before.desk.verifierKey.text))") }
        return lines
    }

    private func line(_ pair: borrowing SealingKeyPair, _ until: String) -> String {
        "seal 1 \(text(Base64.encode(pair.publicKey.bytes))) until \(until)"
    }
}

func day(_ text: String) -> Day { known(Day(text: [UInt8](text.utf8))) }

func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// What a test's own constants make sure of.
private func known<Value>(_ value: Value?) -> Value {
    guard let value else { preconditionFailure("the test's own constant is wrong") }
    return value
}
