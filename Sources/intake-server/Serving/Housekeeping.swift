import IntakeConsole
import IntakeStore
import NIOPosix
import SealedIntake

/// Closes past days at start and at 02:00 UTC, beside the requests; takes up what other processes
/// changed; tells the operator what begins and ends to be wrong.
struct Housekeeping {
    let examination: Examination
    /// What is wrong with the pages, which stays while the server runs.
    let pages: [Finding]
    let board: HealthBoard

    /// Between two looks at the clock.
    private static let pause = Duration.seconds(20)

    private var store: Store { examination.store }

    /// Goes on until its task is cancelled, and ends with what it is about then.
    func run() async {
        var said: [Finding] = []
        var warnings = OperatorWarnings(leastBytes: examination.leastFreeBytes)
        var night = closingNight
        while !Task.isCancelled {
            await lookAround(&night)
            let findings = board.findings
            tell(findings, said)
            said = findings
            let now = store.reckoning(at: Clock.seconds).served
            let lines = warnings.lines(
                freeBytes: store.freeBytes,
                busy: store.busyOrganisations(at: now),
                hour: Stamp.hour(of: now)
            )
            for line in lines { warn(line) }
            try? await Task.sleep(for: Self.pause)
        }
    }

    /// What begins, then what is over; a matter that goes on in other words is told once.
    private func tell(_ findings: [Finding], _ said: [Finding]) {
        for finding in findings where !said.contains(where: finding.isSame) { warn(finding.line) }
        for finding in said where !findings.contains(where: finding.isSame) {
            warn("over: \(finding.clause)")
        }
    }

    /// The day that was to be closed last night.
    private var closingNight: Day {
        Closing.lastDay(at: store.reckoning(at: Clock.seconds).seconds)
    }

    /// Runs where waiting for a disk holds up nobody.
    private func lookAround(_ night: inout Day) async {
        let isNight = night < closingNight
        night = closingNight
        try? await NIOThreadPool.singleton.runIfActive {
            var findings = pages + keepTime()
            let refusal = closeDays(isNight: isNight)
            findings += examination.findings(at: Clock.seconds)
            // What kept a close from being done may be nothing that shows beforehand.
            if let refusal, !findings.contains(where: { [.closing, .store].contains($0.word) }) {
                findings.append(refusal)
            }
            board.write(findings)
        }
    }

    /// Writes as much as a look may: so a disk that cannot be written is seen.
    private func keepTime() -> [Finding] {
        do {
            try store.keepTime()
            return []
        } catch {
            let clause = (error as? any Refusal)?.clause ?? "the folder cannot be written"
            let advice = "look at the disk: phones keep what was written and send it again"
            return [Finding(.store, clause, advice)]
        }
    }

    /// Closes what is due; says what kept it from that.
    private func closeDays(isNight: Bool) -> Finding? {
        let (logKey, mark) = (examination.logKey, examination.mark)
        let tell = { (day: ClosedDay) in day.warnings.forEach(warn) }
        do {
            _ = try store.newestPublication()
            let clock = Clock.seconds
            _ = try store.closeDueDays(at: clock, logKey: logKey, mark: mark, closed: tell)
            if isNight {
                _ = try store.closeAhead(at: clock, logKey: logKey, mark: mark, closed: tell)
            }
            return nil
        } catch {
            let clause = (error as? any Refusal)?.clause ?? "the store cannot be read"
            let isDone = error is AfterwardsError
            return Finding(
                .closing,
                isDone ? clause : "past days are not closed: \(clause)",
                "see \"When something is wrong\" in operating.md"
            )
        }
    }
}
