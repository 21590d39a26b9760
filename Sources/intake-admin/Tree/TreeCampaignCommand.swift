import ArgumentParser
import IntakeDesk
import IntakeTree
import SealedIntake

/// `tree campaign` makes the sheets, texts and the page for schools from the tree.
struct TreeCampaignCommand: ParsableCommand {
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

    func run() throws {
        let plain = try refusing { () throws(CampaignError) in try CampaignAddress(address) }
        let fingerprint = try telling { () throws(DeskError) in try RootsFile.fingerprint(roots) }
        let drawing = try telling { () throws(DeskError) in
            try GivenFile.read(qr, most: Self.longestDrawing)
        }
        let drawn = try refusing { () throws(CampaignError) in
            try QRDrawing(svg: String(decoding: drawing, as: UTF8.self))
        }
        let compilation = tree.compile()
        try tree.sound(compilation)
        let order = Campaign.Order(
            address: plain,
            fingerprint: fingerprint,
            qr: drawn,
            day: tree.day
        )
        let made = try refusing { () throws(CampaignError) in
            try Campaign(compilation.files, tree: tree.folder, order: order)
        }
        try telling { () throws(DeskError) in
            for file in made.prints {
                if let prints { try OutputFile.check(prints + "/" + file.name) }
            }
            try OutputFile.write(made.files.map { ($0.name, $0.bytes) }, into: out)
            guard let prints else { return }
            try OutputFile.write(made.prints.map { ($0.name, $0.bytes) }, into: prints)
        }
        for doubt in made.doubts { Terminal.tell(Printable.line("warning: \(doubt)") + "\n") }
        let names = made.files.map(\.name)
        output.show(Printed(files: names, doubts: made.doubts), names)
    }

    private func refusing<Result>(
        _ body: () throws(CampaignError) -> Result
    ) throws -> Result {
        do throws(CampaignError) {
            return try body()
        } catch {
            let lines = error.clause.split(separator: "\n").map { "intake-admin: \($0)" }
            Terminal.tell(lines.map { Printable.line($0) + "\n" }.joined())
            throw ExitCode.failure
        }
    }

    private func telling<Result>(_ body: () throws(DeskError) -> Result) throws -> Result {
        do throws(DeskError) {
            return try body()
        } catch {
            Terminal.tell(Printable.line("intake-admin: \(error.clause)") + "\n")
            throw ExitCode.failure
        }
    }
}
