import IntakeConsole
import Testing

@testable import IntakeDesk
@testable import SealedIntake

/// A desk to whose stick a decision tree may be put, and reporters who walked it.
final class RouteScene {
    let setting: TestDesk
    private var serial: UInt64 = 0
    private var day = TestDesk.today

    init() throws {
        setting = try TestDesk()
    }

    /// What lies beside the bundles from now on, and nothing else; the directory names `named`.
    func put(_ tree: TestTree?, named: Digest? = nil) throws {
        for name in try setting.folder.names("") where name.hasPrefix("wegwijzer.") {
            setting.folder.remove(name)
        }
        for (name, bytes) in tree?.files ?? [:] { _ = try setting.folder.write(bytes, name) }
        setting.tree = named ?? tree?.digest ?? Digest(of: [])
    }

    /// Brings a stick with a directory and reports that walked a tree; the threads' names.
    @discardableResult
    func bring(_ walks: [String] = [], tree: Digest? = nil) throws -> [String] {
        let reporters = walks.map { _ in setting.reporter() }
        try bring(
            zip(reporters, walks).map { reporter, answers in
                reporter.send(
                    "Dit is er gebeurd.",
                    answers: answers,
                    tree: tree ?? setting.tree,
                    to: setting.key()
                )
            }
        )
        return reporters.map { String(String(utf8: $0.keys.threadDigest.hex).prefix(8)) }
    }

    /// The same with any messages; what came of it.
    @discardableResult
    func bring(_ sent: [TestReporter.Sent]) throws -> ImportOutcome {
        serial += 1
        let directory = setting.directory(serial: serial)
        setting.server.close(day, directory: directory, serial: serial, sent: sent)
        let news = try setting.take(
            try setting.server.bundle(),
            directory: directory,
            acceptedStart: nil,
            today: day
        )
        day = day.adding(1)
        return news
    }

    /// On a day on which the tree of this repository holds.
    func route(
        _ thread: String,
        setting facts: [String] = [],
        language: String? = nil,
        today: String = "2026-12-02"
    ) throws -> Route {
        let day = try #require(Day(text: ascii(today)))
        return try setting.desk.route(thread, setting: facts, language: language, today: day)
    }
}

extension Route {
    /// The ids of what is shown in a block.
    func ids(_ block: TreeEntry.Block) -> [String] {
        let places = walked?.places.filter { $0.block == block }.map(\.id) ?? []
        return places + (walked?.entries.filter { $0.block == block }.map(\.id) ?? [])
    }
}
