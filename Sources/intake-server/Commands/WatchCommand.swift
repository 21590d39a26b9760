import ArgumentParser
import IntakeConsole
import IntakeStore
import SealedIntake

/// Compares a served site with what was signed, from elsewhere.
struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Compare a served page, directory and log with what was signed.",
        discussion: """
            To be run from another machine and network than the server's, by somebody else than \
            its operator. The roots file must come from the roots, not from the server. Needs curl.

              intake-server watch --roots roots https://briefje.example

            Exit status 0 when all is as signed, 1 with the first difference.
            """
    )

    @Option(help: "The roots file.")
    var roots: String

    @Option(help: "The deployment the directory must name; the address's host where left out.")
    var deployment: String?

    @Argument(help: "The address, https://HOST.")
    var url: String

    @OptionGroup var output: OutputOptions

    func validate() throws {
        do throws(WatchError) {
            _ = try Curl(address: url)
        } catch {
            throw ValidationError(error.clause)
        }
    }

    func run() async throws {
        try await reporting {
            let file = try PlainFile.lines(of: roots, most: DataFolder.longestFile)
            let keys = try Roots(bytes: file)
            let site = try Curl(address: url)
            let today = Clock.today
            let watch = Watch(site: site, roots: keys, deployment: deployment, today: today)
            let report = try watch.run()
            try output.say([line(report)], Printed(report))
        }
    }

    private func line(_ report: Watch.Report) -> String {
        let directory = report.directory
        let pages = directory.pages.count
        let closed = report.closedThrough.map { ", closed through \($0.description)" } ?? ""
        return "as signed: directory \(directory.serial) holds through "
            + "\(directory.expires.description), "
            + (pages == 0 ? "it lists no page" : pages == 1 ? "1 page" : "\(pages) pages")
            + ", log of \(report.checkpoint.size) leaves\(closed)"
    }

    private struct Printed: Encodable {
        let deployment: String
        let serial: UInt64
        let expires: String
        let pages: [String: String]
        let size: UInt64
        let closedThrough: String?

        enum CodingKeys: String, CodingKey {
            case deployment
            case serial
            case expires
            case pages
            case size
            case closedThrough = "closed_through"
        }

        init(_ report: Watch.Report) {
            let directory = report.directory
            deployment = String(utf8: directory.deployment)
            serial = directory.serial
            expires = directory.expires.description
            pages = directory.pages.reduce(into: [:]) { pages, page in
                let language = String(utf8: page.language)
                pages[language] = String(utf8: page.digest.hex)
            }
            size = report.checkpoint.size
            closedThrough = report.closedThrough?.description
        }
    }
}
