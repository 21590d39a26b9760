import ArgumentParser
import IntakeConsole

/// The server of a deployment: keeps sealed envelopes, closes days, exchanges sticks with desks.
@main
struct IntakeServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "intake-server",
        abstract: "Keeps sealed reports until their desk fetches them; can open none of them.",
        subcommands: [
            InitCommand.self,
            ServeCommand.self,
            CloseDayCommand.self,
            ExportCommand.self,
            ImportCommand.self,
            DirectoryCommand.self,
            CheckCommand.self,
            StatusCommand.self,
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
