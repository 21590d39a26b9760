import IntakeOpening
import SealedIntake
import Stage
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

    let paper = PaperDeployment("paper.test", of: ["nl-vi", "helpdesk", "nl-ocw"])
    /// Those that the directory lists, in its order.
    lazy var parties = paper.organisations
    /// What the directory says of their keys otherwise.
    var listed: [String: ListedKeys] = [:]
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

    func party(_ name: String) -> PaperOrganisation { paper[name] }

    /// The keys of the code at an organisation.
    func thread(_ name: String) -> ReporterKeys.Thread { keys.thread(at: party(name).id) }

    var directory: SignedNote {
        var directory = paper.directory(until: day("2026-05-01"))
        directory.serial = 7
        directory.expires = day(expires)
        directory.shards = 4
        directory.work = work
        directory.tree = Digest(of: signedTree)
        directory.listings = parties.map { party in
            let name = party.id.description
            var listing = party.listing(until: day("2026-05-01"))
            if let keys = listed[name] { listing.keys = keys.lines(of: party) }
            if name == "nl-vi" { listing.escalation = "helpdesk after \(patience)" }
            return listing
        }
        return paper.roots.sign(directory.text)
    }

    /// The leaves, each day with its end, the first of a month with the directory; after the
    /// first month each month closes its first day.
    private var closed: PaperLog {
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
        var log = PaperLog()
        for (place, one) in ordered.enumerated() {
            let isFirst = place == 0 || ordered[place - 1].day.month != one.day.month
            let leaves = (isFirst ? directories ?? [] : []) + one.leaves + [.dayEnd(one.day)]
            for leaf in leaves { log.append(leaf) }
        }
        return log
    }

    /// The file of a month.
    func month(_ name: String) -> LogRun {
        closed.month(known(Month(text: [UInt8](name.utf8))))
    }

    /// The checkpoint of a size, or of all leaves.
    func checkpoint(_ size: Int? = nil) -> SignedNote {
        paper.log.checkpoint(closed.tree(of: size))
    }

    /// All leaves.
    var checkpointSize: Int { closed.entries.count }

    /// The index of a leaf.
    func index(_ leaf: Leaf) -> Int { known(closed.leaves.firstIndex(of: leaf)) }

    /// The index behind a leaf: who cosigned it has that leaf.
    func size(with leaf: Leaf) -> Int { index(leaf) + 1 }

    func files(list: CheckpointList? = nil, hour: UInt32 = PaperHouse.hour) -> PublicFiles {
        let notes = zip(parties, cosigned).map { party, size in
            size.map { party.signer.cosigning(checkpoint($0), day: day("2026-03-09")) }
        }
        let list = list ?? CheckpointList(newest: checkpoint(), cosigned: notes)
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
        _ = visit.start(
            Site(
                deployment: Self.name,
                roots: paper.roots.file,
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
        before: PaperOrganisation? = nil,
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
        let plaintext = reply.frame(signedBy: (before ?? party(signer ?? name)).signer.pair)
        let envelope = Envelope.reply(plaintext, to: thread.keys.reply.publicKey)
        let tag = thread.keys.tags.replyTag(number: number)
        return (
            Drop.Entry(tag: tag, envelope: envelope.bytes),
            .reply(party(name).id, tag, envelope.digest)
        )
    }
}

/// The keys of an organisation in the directory, where they are not just its two.
struct ListedKeys {
    /// The last day of its sealing key.
    var until = "2026-05-01"
    /// A sealing key that is over before, and its last day.
    var ended: (key: SealingPublicKey, last: String)?
    /// Itself with the desk key it had before.
    var before: PaperOrganisation?

    func lines(of party: PaperOrganisation) -> [String] {
        let over = ended.map { [PaperListing.seal($0.key, until: day($0.last))] } ?? []
        let desks = [party, before].compactMap { $0 }.map {
            PaperListing.desk($0.signer.verifierKey)
        }
        return over + [PaperListing.seal(party.seal.publicKey, until: day(until))] + desks
    }
}

func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
