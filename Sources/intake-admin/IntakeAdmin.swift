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
            CheckCommand.self, BackupCommand.self, RestoreCommand.self,
            AuditCommand.self, TreeCommand.self,
        ]
    )

    static func main() {
        guard Hardening.apply() else {
            Terminal.tell("intake-admin: core dumps cannot be switched off, they must be\n")
            exit(withError: ExitCode.failure)
        }
        guard CommandLine.isText else {
            Terminal.tell("intake-admin: what was typed is no UTF-8, it must be\n")
            exit(withError: ExitCode.validationFailure)
        }
        var ending = ExitCode.success
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            ending = exitCode(for: error)
            // What was asked for, such as help, is shown like everything else.
            if ending.isSuccess {
                Terminal.show(fullMessage(for: error) + "\n")
            } else {
                told(error)
            }
        }
        finish(with: ending)
    }

    /// Says why a command failed, where it did not say so itself.
    private static func told(_ error: any Error) {
        guard !(error is ExitCode) else { return }
        Terminal.tell(fullMessage(for: error) + "\n")
    }

    /// Ends; where what was shown is not there, with that status, unless it failed before.
    private static func finish(with ending: ExitCode) -> Never {
        guard let reason = Terminal.lost else { exit(withError: ending) }
        let done = ending.isSuccess ? "done, but " : ""
        Terminal.tell("intake-admin: \(done)what it says cannot be written: \(reason)\n")
        exit(withError: ending.isSuccess ? ExitCode(Terminal.notShown) : ending)
    }
}

extension CommandLine {
    /// Whether all that was typed is UTF-8; what is not would come as other signs.
    fileprivate static var isText: Bool {
        (0..<Int(argc)).allSatisfy { place in
            guard let argument = unsafeArgv[place] else { return true }
            return String(validatingCString: argument) != nil
        }
    }
}
