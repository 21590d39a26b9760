import ArgumentParser
import IntakeConsole
import IntakeRoots
import SealedIntake

/// `root sign` adds a root's signature to a directory.
struct RootSignCommand: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Adds a signature to a directory; the first call makes the note of plain text.",
        discussion: """
            The file is checked line by line before it is signed, and written in place. Read what \
            is printed before you hand it on: you sign for these organisations and keys.

              intake-admin root sign --key /media/card/root.key directory.note
            """
    )

    @Option(help: ArgumentHelp("The root key.", valueName: "file"))
    var key: String

    @Argument(help: "The directory: plain text, or the note with signatures so far.")
    var directory: String

    @OptionGroup var secret: PassphraseOptions
    @OptionGroup var output: OutputOptions

    private struct Printed: Encodable {
        let serial: UInt64
        let signers: [String]
        let digest: String
    }

    func perform() throws {
        let file = try RootKeyFile(path: key)
        try DirectoryFile.check(directory)
        let root = try file.open(passphrase: secret.passphrase(of: .rootKey))
        let signed = try DirectoryFile.sign(directory, with: root)
        let names = signed.directory.organisations.map(\.id.description)
        output.show(
            Printed(
                serial: signed.directory.serial,
                signers: signed.signers,
                digest: String(utf8: signed.digest.hex)
            ),
            [
                "signed directory \(signed.directory.serial) of "
                    + "\(Printable.line(signed.directory.deployment)), which holds through "
                    + signed.directory.expires.description,
                "organisations: \(names.joined(separator: ", "))",
                "signed by: \(signed.signers.map(Printable.line).joined(separator: ", "))",
                "sha256 \(String(utf8: signed.digest.hex))",
            ]
        )
    }
}
