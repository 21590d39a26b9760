import SealedIntake

/// Checks the days of outcomes and duties.
struct TreeDates {
    let blueprint: TreeBlueprint
    let today: Day
    let findings: TreeFindings

    func check() {
        for outcome in blueprint.outcomes { check(outcome) }
        for duty in blueprint.duties { check(duty) }
    }

    private func day(_ text: String?) -> Day? { text.flatMap { Day(text: [UInt8]($0.utf8)) } }

    /// An outcome holds for the whole time of the file: a day of its own is a check, no switch.
    private func check(_ outcome: TreeBlueprint.Outcome) {
        guard let word = outcome.from, let from = day(word.text),
            let start = day(blueprint.validFrom?.text), from.number > start.number
        else { return }
        let clause =
            "outcome \(outcome.id.text) holds from \(word.text), after valid_from of the file: "
            + "valid_from must be that day or later"
        findings.error(clause, at: word.position)
    }

    private func check(_ duty: TreeBlueprint.Statement) {
        let name = "\(duty.block) \"\(duty.id.text)\""
        if let reason = duty.sleeps {
            let clause =
                "\(name) sleeps, look it up on the day of release: \(reason.text)"
            return findings.warning(clause, at: duty.id.position)
        }
        let from = day(duty.from)
        if from == nil {
            findings.error("\(name) has no from, it must have a day", at: duty.id.position)
        }
        if let until = day(duty.until?.text) {
            let position = duty.until?.position ?? duty.id.position
            if until.number < today.number {
                let clause = "\(name) ended on \(duty.until?.text ?? ""), it must hold today"
                findings.error(clause, at: position)
            }
            if let from, until.number < from.number {
                findings.error("\(name) ends before it begins, it must not", at: position)
            }
        }
        if let from, let start = day(blueprint.validFrom?.text), from.number > start.number,
            from.number <= today.number
        {
            let clause =
                "\(name) began on \(duty.from ?? ""), after valid_from: "
                + "valid_from must be that day or later"
            findings.error(clause, at: duty.id.position)
        }
    }
}
