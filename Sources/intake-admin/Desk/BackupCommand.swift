import ArgumentParser
import IntakeDesk
import SealedIntake

/// `backup` writes a whole copy of the vault.
struct BackupCommand: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Writes a whole, verified copy of the vault under a new name.",
        discussion: """
            The copy opens with the passphrase of the vault, and is read whole before it is told \
            as written.

              intake-admin backup --vault desk.vault --to /media/backup/desk-2026-12-01.vault
            """
    )

    @OptionGroup var vault: VaultOptions

    @Option(help: ArgumentHelp("The file to write, under a new name.", valueName: "file"))
    var to: String

    @OptionGroup var output: OutputOptions

    private struct Printed: Encodable {
        let organisation: String
        let entries: Int
    }

    func perform() throws {
        let desk = try vault.open(.reading)
        try desk.copyVault(to: to)
        let printed = Printed(
            organisation: desk.organisation.description,
            entries: try desk.journal().entries.count
        )
        output.show(printed, ["written: \"\(to)\", whole and verified"])
    }
}
