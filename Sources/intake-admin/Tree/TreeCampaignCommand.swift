import ArgumentParser
import IntakeConsole
import IntakeRoots
import IntakeTree
import SealedIntake

/// `tree campaign` makes the sheets, texts and the page for schools from the tree.
struct TreeCampaignCommand: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "campaign",
        abstract: "Makes infographic, posters, guide text and the page for schools.",
        discussion: """
            Run by scripts/campaign, which draws the QR code and makes the PDF files. What must \
            not be hung yet says so itself; why is told on standard error.

              intake-admin tree campaign tree --address NAME --roots roots \\
                --qr qr.svg --out folder
            """
    )

    @OptionGroup var tree: TreeOptions

    @Option(help: ArgumentHelp("The plain address, the same for all.", valueName: "url"))
    var address: String

    @Option(help: ArgumentHelp("The roots file whose fingerprint is printed.", valueName: "file"))
    var roots: String

    @Option(
        help: ArgumentHelp("The address as qrencode draws it (--svg-path).", valueName: "file")
    )
    var qr: String

    @Option(help: ArgumentHelp("An existing folder to write to.", valueName: "folder"))
    var out: String

    @Option(
        help: ArgumentHelp("An existing folder for what a browser prints.", valueName: "folder")
    )
    var prints: String?

    @OptionGroup var output: OutputOptions

    /// Far more than qrencode draws.
    private static let longestDrawing = 1 << 20

    private struct Printed: Encodable {
        let files: [String]
        let doubts: [String]
    }

    func perform() throws {
        let plain = try CampaignAddress(address)
        let fingerprint = try RootsFile.fingerprint(roots)
        let drawing = try PlainFile.contents(of: qr, most: Self.longestDrawing)
        let drawn = try QRDrawing(svg: String(utf8: drawing))
        let compilation = tree.compile()
        try tree.sound(compilation)
        let order = Campaign.Order(
            address: plain,
            fingerprint: fingerprint,
            qr: drawn,
            day: tree.day
        )
        let made = try Campaign(compilation.files, tree: tree.folder, order: order)
        for file in made.prints {
            if let prints { try PlainFile.check(prints + "/" + file.name) }
        }
        try OutputFile.write(made.files.map { ($0.name, $0.bytes) }, into: out)
        if let prints {
            try OutputFile.write(made.prints.map { ($0.name, $0.bytes) }, into: prints)
        }
        for doubt in made.doubts { Terminal.tell(Printable.line("warning: \(doubt)") + "\n") }
        let names = made.files.map(\.name)
        output.show(Printed(files: names, doubts: made.doubts), names)
    }
}
