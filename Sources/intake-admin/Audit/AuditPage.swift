import IntakeAudit
import IntakeConsole
import SealedIntake

/// An audit's report as a person reads it.
struct AuditPage {
    private let report: AuditReport

    init(_ report: AuditReport) {
        self.report = report
    }

    /// The lines, none longer than `width`.
    func lines(width: Int) -> [String] {
        let leaves = report.leaves
        let deployment = Printable.line(report.deployment)
        let through = report.through.map { " through \($0.description)" } ?? ""
        var lines = [
            "\(deployment): no lie found in \(counted(report.closes, "close"))\(through)",
            "\(counted(leaves.count, "leaf", "leaves")) from \(leaves.lowerBound) on, "
                + "held to \(counted(report.checkpoints, "signed checkpoint"))",
            "",
        ]
        lines += table.lines(width: width, colours: Terminal.hasColours)
        lines.append("")
        lines += TextWrap.lines(Self.legend, width: width)
        for note in report.notes {
            lines += TextWrap.lines("note: \(Printable.line(note.sentence))", width: width)
        }
        return lines
    }

    private static let legend = """
        Days until envelopes were picked up: half of them within the median. Waiting and overdue \
        count fillers too, which nobody outside can tell from reports: there are at most so many.
        """

    private var table: TextTable {
        var table = TextTable([
            .fixed("organisation"), .fixed("last picked up"), .fixed("median"), .fixed("longest"),
            .fixed("waiting"), .fixed("overdue"),
        ])
        for pickup in report.pickups {
            table.add(
                [
                    pickup.organisation.description,
                    pickup.lastPickedUp.map { $0.description } ?? "never",
                    days(pickup.medianDays), days(pickup.longestDays), "\(pickup.waiting)",
                    "\(pickup.overdue)",
                ],
                pickup.overdue > 0 ? .urgent : .plain
            )
        }
        return table
    }

    private func days(_ count: UInt32?) -> String {
        count.map { counted(Int($0), "day") } ?? "-"
    }
}
