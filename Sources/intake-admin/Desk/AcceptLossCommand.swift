import ArgumentParser
import IntakeConsole
import IntakeDesk
import SealedIntake

/// `accept-loss` gives up an envelope that is in the log and never came.
struct AcceptLossCommand: AdminCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept-loss",
        abstract: "Lists what is missing, or accepts by name that one thing is lost for good.",
        discussion: """
            While an envelope for this desk is in the log and never came, nothing more is \
            confirmed to reporters. If the operator says it is gone for good, accept its loss: \
            name the leaf and the digest that the alarm shows. It is written into the journal. \
            Should the envelope come after all, it is taken.

              intake-admin accept-loss --vault desk.vault
              intake-admin accept-loss --vault desk.vault 4120 9f3c21aa
            """
    )

    @OptionGroup var vault: VaultOptions

    @Argument(help: "The number of the leaf in the log.")
    var leaf: UInt64?

    @Argument(help: "The first 8 or more digits of the digest.")
    var digest: String?

    @OptionGroup var output: OutputOptions

    private struct Missing: Encodable {
        let leaf: UInt64
        let day: String
        let digest: String

        init(_ missing: MissingObject) {
            leaf = missing.index
            day = missing.day.description
            digest = String(utf8: missing.digest.hex)
        }
    }

    private struct Printed: Encodable {
        let lost: Missing?
        let missing: [Missing]
        let cosigned: UInt64?
        let alarms: [String]
    }

    func validate() throws {
        guard (leaf == nil) == (digest == nil) else {
            throw ValidationError("give the leaf and its digest, or neither to see the list")
        }
    }

    func perform() throws {
        guard let leaf, let digest else { return try list() }
        let outcome = try vault.open(.writing).acceptLoss(
            of: leaf,
            digest: digest,
            today: Clock.today
        )
        output.show(
            Printed(
                lost: Missing(outcome.lost),
                missing: outcome.missing.map(Missing.init),
                cosigned: outcome.cosigned,
                alarms: outcome.alarms.map(\.text)
            ),
            [
                "the loss of leaf \(outcome.lost.index) (\(outcome.lost.name)) is accepted and "
                    + "in the journal"
            ]
                + [
                    outcome.cosigned == 0
                        ? "confirmed to reporters: nothing yet"
                        : "confirmed to reporters: the log up to leaf \(outcome.cosigned)"
                ] + AlarmLines.lines(outcome.alarms)
        )
    }

    private func list() throws {
        let missing = try vault.open(.reading).missing()
        output.show(
            Printed(
                lost: nil,
                missing: missing.map(Missing.init),
                cosigned: nil,
                alarms: []
            ),
            missing.isEmpty ? ["nothing is missing"] : table(missing)
        )
    }

    private func table(_ missing: [MissingObject]) -> [String] {
        var table = TextTable([.fixed("missing leaf"), .fixed("day"), .fixed("digest")])
        for object in missing {
            table.add(["\(object.index)", object.day.description, object.name])
        }
        return table.lines(width: Terminal.width, colours: Terminal.hasColours)
    }
}
