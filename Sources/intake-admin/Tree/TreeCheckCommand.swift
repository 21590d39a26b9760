import ArgumentParser
import IntakeConsole
import IntakeTree

/// `tree check` proves what must hold on every walk, and tells all that is wrong.
struct TreeCheckCommand: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Proves over all combinations of answers what must be true of the tree.",
        discussion: """
            Prints what is wrong with file, line and column, and for a broken promise the answers \
            that break it. Exit status 1 when there is an error; warnings alone are no error.

            With --release each number and address that is shown and that nobody called or opened \
            in the last 400 days is an error too: a page that serves people must have none.

              intake-admin tree check tree
              intake-admin tree check --release tree
            """
    )

    @OptionGroup var tree: TreeOptions
    @Flag(help: "Refuse numbers and addresses that nobody called or opened of late.")
    var release = false

    @OptionGroup var output: OutputOptions

    private struct Printed: Encodable {
        let errors: Int
        let warnings: Int
        let untried: Int
        let findings: [PrintedFinding]
        let counts: TreeCompilation.Counts
        let milliseconds: Int
    }

    func perform() throws {
        let clock = ContinuousClock()
        let start = clock.now
        let compilation = tree.compile()
        let time = (clock.now - start) / .milliseconds(1)
        let findings = compilation.findings + (release ? compilation.untried : [])
        let errors = findings.filter { $0.weight == .error }.count
        let counts = compilation.counts
        let printed = Printed(
            errors: errors,
            warnings: findings.count - errors,
            untried: compilation.untried.count,
            findings: findings.map(PrintedFinding.init),
            counts: counts,
            milliseconds: Int(time)
        )
        output.show(
            printed,
            findings.map { Printable.line($0.line) } + untriedNote(compilation) + [
                "\(errors) errors, \(findings.count - errors) warnings: \(counts.nodes) questions "
                    + "and rules, \(counts.outcomes) outcomes, \(counts.organisations) "
                    + "organisations, \(counts.entries) entries, \(counts.languages) languages, "
                    + "\(Int(time)) ms"
            ]
        )
        if errors > 0 { throw ExitCode.failure }
    }

    /// One line where a release would be refused; --release names each.
    private func untriedNote(_ compilation: TreeCompilation) -> [String] {
        let count = compilation.untried.count
        guard count > 0, !release else { return [] }
        return ["\(count) contacts to call or open before a release, --release lists them"]
    }
}
