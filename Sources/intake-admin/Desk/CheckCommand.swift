import ArgumentParser
import IntakeConsole
import IntakeDesk

/// `check` verifies a vault, or a copy of one.
struct CheckCommand: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Verifies a vault or a copy of one: every cell, the journal, the log.",
        discussion: """
            Changes nothing without --mend. Exit status 1 where something is damaged beyond one \
            bit of a cell, which every command reads as it was.

              intake-admin check --vault desk.vault
            """
    )

    @OptionGroup var vault: VaultOptions

    @Flag(help: "Write anew each cell of which one bit turned over.")
    var mend = false

    @OptionGroup var output: OutputOptions

    private struct Printed: Encodable {
        let cells: Int
        let mended: [String]
        let damaged: [String]
        let comesAgainFrom: UInt64?

        private enum CodingKeys: String, CodingKey {
            case cells
            case mended
            case damaged
            case comesAgainFrom = "comes_again_from"
        }
    }

    func perform() throws {
        let check = try mend ? vault.open(.writing).mend() : vault.open(.reading).check()
        let mended = check.mended.map(\.clause)
        let damaged = check.damaged.map(\.clause)
        var lines = damaged.isEmpty ? ["the vault holds: \(check.cells) cells"] : damaged
        if !mended.isEmpty {
            lines.append(
                "one bit turned over in \(counted(mended.count, "cell")), "
                    + (mend ? "written anew" : "read as it was; check --mend writes it anew")
                    + ". Look after the disk"
            )
        }
        if let first = check.comesAgainFrom {
            lines.append(
                "what reporters wrote comes again: ask the operator for a bundle from leaf "
                    + "\(first) (intake-server export --from \(first)), and import it"
            )
        }
        if let hint = check.damaged.first?.hint { lines.append(hint) }
        output.show(
            Printed(
                cells: check.cells,
                mended: mended,
                damaged: damaged,
                comesAgainFrom: check.comesAgainFrom
            ),
            lines.flatMap { TextWrap.lines($0, width: Terminal.width) }
        )
        if !damaged.isEmpty { throw ExitCode.failure }
    }
}
