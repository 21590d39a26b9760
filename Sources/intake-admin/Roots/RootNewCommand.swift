import ArgumentParser
import IntakeRoots

/// `root new` makes a root key.
struct RootNewCommand: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Makes a root key and prints its vkey, the line for the roots file.",
        discussion: """
            The passphrase is asked for twice; without it nobody can ever sign with the key. Make \
            the file on the stick or card that its holder keeps.

              intake-admin root new --key /media/card/root.key --name anna.example
            """
    )

    @Option(help: ArgumentHelp("Where the key goes; must not be there yet.", valueName: "file"))
    var key: String

    @Option(help: "The key's public name, without spaces and plus signs.")
    var name: String

    @OptionGroup var secret: PassphraseOptions
    @OptionGroup var output: OutputOptions

    private struct Printed: Encodable {
        let vkey: String
    }

    func perform() throws {
        try RootKey.check(newFile: key, name: name)
        let passphrase = try secret.passphrase(of: .rootKey, isNew: true)
        let made = try RootKey.create(file: key, name: name, passphrase: passphrase)
        output.show(Printed(vkey: made.vkey), [made.vkey])
    }
}
