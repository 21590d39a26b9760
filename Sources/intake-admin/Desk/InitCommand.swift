import ArgumentParser
import IntakeConsole
import IntakeDesk
import SealedIntake

/// `init` makes a desk's vault and keys.
struct InitCommand: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Makes the vault and keys, pins the roots, prints the directory's lines.",
        discussion: """
            The passphrase is asked for twice; without it nobody can ever open the vault. The \
            lines printed go into the directory under this organisation, before the roots sign it.

              intake-admin init --vault desk.vault --organisation nl-vi \\
                --deployment briefje.example --roots roots
            """
    )

    private static let daysOfEpoch: UInt32 = 91

    @OptionGroup var vault: VaultOptions

    @Option(help: "The organisation's id: 2 to 16 of a-z, 0-9 and -.")
    var organisation: String

    @Option(help: ArgumentHelp("The deployment's host name.", valueName: "host"))
    var deployment: String

    @Option(help: ArgumentHelp("The directory's roots, pinned for good.", valueName: "file"))
    var roots: String

    @Option(help: "How many sealing keys to make, one for each 91 days from today.")
    var epochs = 4

    @OptionGroup var output: OutputOptions

    private struct Printed: Encodable {
        let organisation: String
        let lines: [String]
    }

    func validate() throws {
        guard OrganisationID(ascii: [UInt8](organisation.utf8)) != nil else {
            throw ValidationError("an organisation's id must be 2 to 16 of a-z, 0-9 and -")
        }
        guard isHostName(deployment) else {
            throw ValidationError("the deployment must be a host name, in lower case")
        }
        guard (1...40).contains(epochs) else {
            throw ValidationError("there must be 1 to 40 epochs")
        }
    }

    func perform() throws {
        guard let id = OrganisationID(ascii: [UInt8](organisation.utf8)) else { return }
        let rootsFile = try PlainFile.lines(of: roots)
        let today = Clock.today
        guard today >= Clock.earliest else {
            throw ClockDoubtError.before(clock: today, certain: Clock.earliest)
        }
        let plan = DeskPlan(
            organisation: id,
            deployment: [UInt8](deployment.utf8),
            roots: rootsFile,
            epochs: (1...UInt32(epochs)).map { today.adding($0 * Self.daysOfEpoch) }
        )
        let passphrase = try vault.passphrase(isNew: true)
        let desk = try Desk.create(vault: vault.vault, passphrase: passphrase, plan: plan)
        let lines = try desk.directoryLines()
        output.show(Printed(organisation: organisation, lines: lines), lines)
    }

    private func isHostName(_ name: String) -> Bool {
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        return name.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy { byte in
                        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
                            || byte == 0x2D
                    }
            }
    }
}
