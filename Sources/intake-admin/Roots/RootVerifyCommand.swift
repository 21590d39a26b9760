import ArgumentParser
import IntakeConsole
import IntakeRoots
import SealedIntake

/// `root verify` says who signed a directory and until when it holds.
struct RootVerifyCommand: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Says who signed a directory, until when it holds, and the fingerprint.",
        discussion: """
            The fingerprint for posters is that of the roots file: it stays the same for every \
            directory these roots sign. Exit status 1 when too few signed or it has expired.

              intake-admin root verify --roots roots directory.note
            """
    )

    @Option(help: ArgumentHelp("The roots file.", valueName: "file"))
    var roots: String

    @Argument(help: "The directory note.")
    var directory: String

    @OptionGroup var output: OutputOptions

    private struct Printed: Encodable {
        let deployment: String
        let serial: UInt64
        let expires: String
        let signers: [String]
        let threshold: Int
        let fingerprint: String
        let digest: String
    }

    func perform() throws {
        let verified = try DirectoryFile.verify(directory, roots: roots, today: Clock.today)
        let expires = verified.directory.expires.description
        let deployment = Printable.line(verified.directory.deployment)
        output.show(
            Printed(
                deployment: deployment,
                serial: verified.directory.serial,
                expires: expires,
                signers: verified.signers,
                threshold: verified.threshold,
                fingerprint: verified.fingerprint,
                digest: String(utf8: verified.digest.hex)
            ),
            [
                "directory \(verified.directory.serial) of \(deployment) "
                    + "holds through \(expires)",
                "signed by \(verified.signers.count) of \(verified.rootCount) roots, "
                    + "\(verified.threshold) must: "
                    + verified.signers.map(Printable.line).joined(separator: ", "),
                "sha256 \(String(utf8: verified.digest.hex))",
                "fingerprint of the roots: \(verified.fingerprint)",
            ]
        )
    }
}
