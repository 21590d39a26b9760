import ArgumentParser
import IntakeDesk
import SealedIntake

/// `restore` brings a copy back as the vault.
struct RestoreCommand: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Brings a backup back as the vault; nothing that lies there is overwritten.",
        discussion: """
            Import before anything is written: what came after the backup is not in it.

              intake-admin restore --vault desk.vault --from /media/backup/desk-2026-12-01.vault
            """
    )

    @OptionGroup var vault: VaultOptions

    @Option(help: ArgumentHelp("The backup, as backup wrote it.", valueName: "file"))
    var from: String

    @OptionGroup var output: OutputOptions

    private struct Printed: Encodable {
        let organisation: String
        let entries: Int
    }

    func perform() throws {
        try Desk.check(vault: vault.vault, isNew: true)
        try Desk.check(vault: from, isNew: false)
        let passphrase = try vault.secret.passphrase(of: .vault)
        let desk = try Desk.restore(from: from, to: vault.vault, passphrase: passphrase)
        let printed = Printed(
            organisation: desk.organisation.description,
            entries: try desk.journal().entries.count
        )
        let lines = [
            "restored: \"\(vault.vault)\"",
            "import a stick before you write anything: what came after the backup is not in it",
        ]
        output.show(printed, lines)
    }
}
