import ArgumentParser
import IntakeConsole
import IntakeDesk

/// The desk's and the directory's commands.
@main
struct IntakeAdmin: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "intake-admin",
        abstract: "Reads sealed reports at an air-gapped desk, replies, keeps the directory.",
        discussion: """
            Bundles come in on a stick (import) and go out on a stick (export). Nothing here uses \
            a network, and nothing that was opened is written in the clear.

            A day at the desk:
              intake-admin import --vault desk.vault /media/stick/in.bundle
              intake-admin list   --vault desk.vault
              intake-admin show   --vault desk.vault 1a2b3c4d
              intake-admin route  --vault desk.vault 1a2b3c4d
              intake-admin reply  --vault desk.vault 1a2b3c4d --kind question
              intake-admin export --vault desk.vault --out /media/stick/out.bundle

            The passphrase is asked for without echo, or read from --passphrase-file FILE.
            """,
        version: Release.line("intake-admin", schema: Desk.schema),
        subcommands: [
            RootCommand.self, InitCommand.self, ImportCommand.self, ListCommand.self,
            ShowCommand.self, RouteCommand.self, ReplyCommand.self, WithdrawCommand.self,
            TransferCommand.self, ExportCommand.self, AcceptLossCommand.self, JournalCommand.self,
            BackupCommand.self, RestoreCommand.self, AuditCommand.self, TreeCommand.self,
        ]
    )

    static func main() {
        guard Hardening.apply() else {
            Terminal.tell("intake-admin: core dumps cannot be switched off, they must be\n")
            exit(withError: ExitCode.failure)
        }
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            exit(withError: error)
        }
        if let reason = Terminal.lost {
            Terminal.tell("intake-admin: done, but what it says cannot be written: \(reason)\n")
            exit(withError: ExitCode(Terminal.notShown))
        }
    }
}
