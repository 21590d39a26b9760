import ArgumentParser
import IntakeConsole
import IntakeStore
import SealedIntake

/// Says the digest of the page, as the directory lists it.
struct PageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "page",
        abstract: "Print the SHA-256 of the page as it would be served, a language a line."
    )

    @Option(help: "The folder of the store.")
    var data = "."

    @Flag(help: "Print the digests; this is what the command does.")
    var digest = false

    @Flag(
        help: "Make it a page of today: it will believe no older directory than the one in force."
    )
    var renew = false

    @OptionGroup var look: PageOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await reporting {
            let folder = DataFolder(data)
            let (store, _) = try folder.open()
            if renew {
                let serial = store.publication.directory?.directory.serial ?? 0
                let day = Day(unixSeconds: store.reckoning(at: Clock.seconds).served)
                try PageOrigin(serial: serial, day: day).write(in: folder)
            }
            let pages = try look.pages(folder, deployment: store.deployment)
            try store.close()
            let digests = pages.map { page in
                (page.language.tag, String(utf8: page.digest.hex))
            }
            try output.say(
                digests.map { "\($0.0) \($0.1)" },
                Dictionary(uniqueKeysWithValues: digests)
            )
        }
    }
}
