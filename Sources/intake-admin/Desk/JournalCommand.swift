import ArgumentParser
import IntakeConsole
import IntakeDesk
import SealedIntake

/// `journal` shows what this desk did and saw.
struct JournalCommand: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal",
        abstract: "Shows what this desk did and saw: sticks, refusals, what a person accepted.",
        discussion: """
            Each entry holds the SHA-256 of the one before, so that none can be changed or left \
            out unseen. Numbers and digests only: never what somebody wrote. Whoever notes the \
            last line on paper can see later that nothing before it was changed. The digest is \
            that of the file: sha256sum of a stick's file begins with it.

              intake-admin journal --vault desk.vault
            """
    )

    @OptionGroup var vault: VaultOptions

    @OptionGroup var output: OutputOptions

    private struct Entry: Encodable {
        let number: Int
        let day: String
        let kind: String
        let numbers: [UInt64]
        let digest: String
        let text: String
    }

    private struct Printed: Encodable {
        let entries: [Entry]
        let head: String
    }

    func perform() throws {
        let journal = try vault.open(.reading).journal()
        let entries = journal.entries.enumerated().map { place, entry in
            Entry(
                number: place + 1,
                day: entry.day.description,
                kind: entry.kind.word,
                numbers: entry.numbers,
                digest: String(utf8: entry.digest.hex),
                text: entry.text
            )
        }
        output.show(
            Printed(entries: entries, head: String(utf8: journal.head.hex)),
            entries.isEmpty ? ["nothing happened here yet"] : lines(entries, head: journal.head)
        )
    }

    private func lines(_ entries: [Entry], head: Digest) -> [String] {
        var table = TextTable([
            .fixed("nr"), .fixed("day"), .flexible("what", least: 20), .fixed("digest"),
        ])
        for entry in entries {
            table.add(["\(entry.number)", entry.day, entry.text, String(entry.digest.prefix(8))])
        }
        return table.lines(width: Terminal.width, colours: Terminal.hasColours)
            + ["", "verified to the last; to note on paper:", String(utf8: head.hex)]
    }
}
