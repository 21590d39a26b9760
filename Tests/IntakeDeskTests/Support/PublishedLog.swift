import Stage
import Testing

@testable import IntakeAudit
@testable import IntakeDesk
@testable import SealedIntake

/// The public files of a deployment of two organisations over the end of a month: honest, until a
/// test lies in it; everything is signed as it then stands.
///
/// `nl-oud` picks up every day. `nl-vi` does twice, then lets everything lie until the last day,
/// so that two days become overdue and go to `nl-oud` too.
final class PublishedLog {
    /// An entry before the roots are known.
    enum Entry {
        case leaf(Leaf)
        /// An acknowledgement of the end of a close, by its number.
        case acknowledges(OrganisationID, close: Int)
    }

    /// One close.
    struct Close {
        let day: Day
        var entries: [Entry]
    }

    static let start = Day(number: 20_755)
    static let count = 8

    let folder: TestFolder
    let paper = PaperDeployment("briefje.example", of: ["nl-vi", "nl-oud"], threshold: 2)
    let vi: OrganisationID
    let oud: OrganisationID
    var closes: [Close] = []
    var serial: UInt64 = 1
    /// The first reply is withdrawn, the second lies in the drop.
    let replies: [[UInt8]]
    /// What each shard of the drop holds.
    var drop: [[Drop.Entry]]

    init() throws {
        folder = try TestFolder()
        (vi, oud) = (paper["nl-vi"].id, paper["nl-oud"].id)
        replies = [7, 8].map { [UInt8](repeating: $0, count: EnvelopeClass.reply.size) }
        drop = [
            [Drop.Entry(tag: Self.tag(8), envelope: replies[1])],
            [Drop.Entry(tag: .random(), envelope: replies[0])],
        ]
        for number in 0..<Self.count { closes.append(honest(number)) }
    }

    static func tag(_ number: UInt8) -> SealedIntake.Tag {
        SealedIntake.Tag([UInt8](repeating: number, count: 16))
    }

    static func day(_ number: Int) -> Day { start.adding(UInt32(number)) }

    /// The envelopes of an organisation in a close.
    func submissions(_ id: OrganisationID, _ number: Int) -> [Leaf] {
        let first = 10 * number + (id == vi ? 100 : 0)
        return [UInt8(first), UInt8(first + 1)].map { name in
            .submission(id, Self.tag(name), Digest(of: [name]))
        }
    }

    func overdue(_ number: Int) -> [Leaf] {
        submissions(vi, number).map { .overdue(oud, $0.tag, $0.digest) }
    }

    func note(serial: UInt64) -> Leaf {
        .directory(serial: serial, digest: directory(serial: serial).digest)
    }

    private func honest(_ number: Int) -> Close {
        let day = Self.day(number)
        var leaves: [Entry] = number == 0 || number == 3 ? [.leaf(note(serial: 1))] : []
        if number > 0 { leaves.append(.acknowledges(oud, close: number - 1)) }
        if [1, 2, 7].contains(number) { leaves.append(.acknowledges(vi, close: number - 1)) }
        leaves += (submissions(oud, number) + submissions(vi, number)).map { .leaf($0) }
        if number == 1 { leaves.append(.leaf(.reply(vi, Self.tag(7), Digest(of: replies[0])))) }
        if number == 2 { leaves.append(.leaf(.reply(vi, Self.tag(8), Digest(of: replies[1])))) }
        if number == 4 {
            leaves.append(.leaf(.withdrawal(vi, Self.tag(7), Digest(of: replies[0]))))
        }
        if [5, 6].contains(number) { leaves += overdue(number - 3).map { .leaf($0) } }
        return Close(day: day, entries: leaves + [.leaf(.dayEnd(day))])
    }

    /// A directory that both organisations stand in.
    func directory(serial: UInt64) -> SignedNote {
        var directory = paper.directory(until: Stage.day("2027-01-01"))
        directory.serial = serial
        directory.issued = Stage.day("2026-10-01")
        directory.expires = Stage.day("2027-10-01")
        directory.shards = 2
        for place in directory.listings.indices { directory.listings[place].batch = 2 }
        directory.listings[0].escalation = "nl-oud after 3"
        return paper.roots.sign(directory.text)
    }

    /// The position of an entry of a close.
    func position(_ number: Int, _ place: Int = 0) -> UInt64 {
        UInt64(closes.prefix(number).reduce(place) { $0 + $1.entries.count })
    }

    /// The last position of a close.
    func end(_ number: Int) -> UInt64 { position(number + 1) - 1 }

    /// The place in a close so many before its end.
    func end(_ number: Int, before count: Int) -> Int { closes[number].entries.count - count }

    /// The position of the envelope with a tag in a close.
    func place(of tag: SealedIntake.Tag, in number: Int) -> UInt64 {
        let place = closes[number].entries.firstIndex { entry in
            guard case .leaf(let leaf) = entry else { return false }
            return leaf.type == .submission && leaf.tag == tag
        }
        return position(number, place ?? -1)
    }

    /// The leaves of all closes, with the acknowledgements resolved.
    func leaves() -> [[Leaf]] {
        var tree = MerkleTree()
        var ends: [MerkleTree] = []
        return closes.map { close in
            let leaves = close.entries.map { entry -> Leaf in
                switch entry {
                case .leaf(let leaf): return leaf
                case .acknowledges(let id, let number):
                    let end = ends[number]
                    let digest = paper.log.checkpoint(end).digest
                    return .acknowledgement(id, size: end.size, digest: digest)
                }
            }
            for leaf in leaves { tree.append(leaf.hash) }
            ends.append(tree)
            return leaves
        }
    }

    /// The tree after so many closes.
    func tree(after count: Int) -> MerkleTree {
        MerkleTree(of: leaves().prefix(count).joined())
    }

    func signed(after count: Int) -> SignedNote { paper.log.checkpoint(tree(after: count)) }

    /// The list as it was served after so many closes.
    func list(after count: Int = PublishedLog.count) -> CheckpointList {
        func newest(_ id: OrganisationID) -> Int? {
            closes.prefix(count).flatMap(\.entries).reduce(nil) { found, entry in
                if case .acknowledges(id, let number) = entry { number + 1 } else { found }
            }
        }
        let day = Self.day(count - 1)
        let notes = [
            newest(vi).map { paper["nl-vi"].signer.cosigning(signed(after: $0), day: day) },
            newest(oud).map { paper["nl-oud"].signer.cosigning(signed(after: $0), day: day) },
        ]
        return CheckpointList(newest: signed(after: count), cosigned: notes)
    }

    /// Writes a file of the folder, whatever it holds.
    func put(_ name: String, _ bytes: [UInt8]) throws {
        _ = try folder.write(bytes, name)
    }

    /// Writes everything as an honest server would serve it.
    func publish() throws {
        try folder.makeFolders("log", "drop")
        _ = try folder.write(directory(serial: serial).bytes, "directory")
        try put("log/checkpoint", list().bytes)
        let all = zip(closes, leaves())
        for month in Set(closes.map(\.day.month)) {
            let before = closes.prefix { $0.day.month < month }.count
            let leaves = all.filter { $0.0.day.month == month }.flatMap(\.1)
            let file = LogRun(before: tree(after: before), leaves: leaves)
            try put("log/\(month.description)", file.monthFile)
        }
        for (shard, entries) in drop.enumerated() {
            try put(AuditFolder.shard(shard), Drop(entries).bytes)
        }
    }

    /// Audits what was written.
    func audit(withRoots: Bool = true, today: Day = .last) throws -> AuditReport {
        let file = try folder.write(paper.roots.file, "roots")
        defer { folder.remove("roots") }
        return try Audit(folder: folder.path, roots: withRoots ? [file] : []).run(today: today)
    }
}
