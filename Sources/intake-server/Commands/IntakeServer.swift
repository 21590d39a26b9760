import ArgumentParser
import IntakeConsole
import IntakeStore

/// The server of a deployment: keeps sealed envelopes, closes days, exchanges sticks with desks.
@main
struct IntakeServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "intake-server",
        abstract: "Keeps sealed reports until their desk fetches them; can open none of them.",
        version: Release.line("intake-server", schema: Store.schema),
        subcommands: [
            InitCommand.self,
            ServeCommand.self,
            CloseDayCommand.self,
            ExportCommand.self,
            ImportCommand.self,
            DirectoryCommand.self,
            CheckCommand.self,
            StatusCommand.self,
            BackupCommand.self,
            RestoreCommand.self,
            RecoverCommand.self,
            LogKeyCommand.self,
            PromiseKeyCommand.self,
            PageCommand.self,
            WatchCommand.self,
        ]
    )

    static func main() async {
        Hardening.silenceCrashes()
        await main(nil)
    }
}
