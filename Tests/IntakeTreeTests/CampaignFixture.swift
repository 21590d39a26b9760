import Foundation
import SealedIntake
import Testing

@testable import IntakeTree

/// The campaign of this repository's tree, or of a copy with changes.
struct CampaignFixture {
    static let fingerprint = "cef3 1fc0 a790 44c9 074a ae8e 2479 d38b"
    static let qr = """
        <svg width="3cm" height="3cm" viewBox="0 0 37 37" version="1.1">
        <path style="stroke:#000000" transform="translate(4,4.5)" d="M0,0h7M9,0h1M0,28h7"/></svg>
        """

    /// What is replaced, by file of the folder.
    var changes: [String: [(old: String, new: String)]] = [:]
    var address = "wegwijzer.nl"
    /// Whether every contact counts as called.
    var isChecked = true

    /// The campaign without changes, made once: proving the tree takes its time.
    static let unchanged = Result { try CampaignFixture().make() }

    private static let called = "checked_on: 2026-11-20"
    private static let sound = Result { try CampaignFixture().compile() }
    static let uncalled = TreeFolder.compile(
        RepositoryTreeTests.folder,
        today: RepositoryTreeTests.today
    ).files

    /// Makes it in a folder of its own and removes the folder again.
    func make() throws -> Campaign {
        let isTreeChanged = changes.keys.contains { !$0.hasPrefix("campaign/") }
        let built =
            isTreeChanged ? try compile() : isChecked ? try Self.sound.get() : Self.uncalled
        return try inFolder { folder in
            try Campaign(built, tree: folder, order: try order)
        }
    }

    private func compile() throws -> [TreeCompilation.BuiltFile] {
        try inFolder { TreeFolder.compile($0, today: RepositoryTreeTests.today).files }
    }

    private var order: Campaign.Order {
        get throws {
            Campaign.Order(
                address: try CampaignAddress(address),
                fingerprint: Self.fingerprint,
                qr: try QRDrawing(svg: Self.qr),
                day: RepositoryTreeTests.today
            )
        }
    }

    private func inFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
        let manager = FileManager.default
        let folder = manager.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? manager.removeItem(at: folder) }
        try manager.copyItem(atPath: RepositoryTreeTests.folder, toPath: folder.path)
        var changes = changes
        if isChecked {
            changes["organisations.yaml", default: []]
                .append((old: "checked_on: null", new: Self.called))
        }
        for (file, replacements) in changes {
            let place = folder.appendingPathComponent(file)
            var text = try String(contentsOf: place, encoding: .utf8)
            for (old, new) in replacements {
                try #require(text.contains(old), "\(file) must hold \(old)")
                text = text.replacing(old, with: new)
            }
            try text.write(to: place, atomically: true, encoding: .utf8)
        }
        return try body(folder.path)
    }

    /// The error of making it.
    func refusal() throws -> CampaignError? {
        do {
            _ = try make()
            return nil
        } catch let error as CampaignError {
            return error
        }
    }
}

extension Campaign {
    /// The text of one of the files.
    func text(_ name: String) -> String {
        String(decoding: files.first { $0.name == name }?.bytes ?? [], as: UTF8.self)
    }
}
