import SealedIntake

/// Checks the ways in to organisations: that a place which is shown can be reached, and whether
/// somebody tried what is shown.
struct TreeContacts {
    let blueprint: TreeBlueprint
    let today: Day
    let findings: TreeFindings
    /// What a release must not have: ways in that nobody tried, or not of late.
    let untried: TreeFindings

    /// Days after which somebody must look at a contact again.
    static let longestUnchecked: UInt32 = 400

    func check() {
        for organisation in blueprint.organisations {
            let isShown = organisation.notInTree == nil
            let ways = organisation.contacts.filter(\.isShown)
            if isShown, organisation.channel == "open", ways.isEmpty {
                let clause =
                    "\"\(organisation.id.text)\" is open and has no contact that may be shown, "
                    + "it must have one with a dated source, or not_in_tree"
                findings.error(clause, at: organisation.id.position)
            }
            for contact in organisation.contacts {
                let name = "the \(contact.kind) of \"\(organisation.id.text)\""
                checkDays(contact, name)
                // A law and its operator answer for an alarm number: it is not rung to see whether
                // it works.
                let isAlarm = TreeOrganisation.isAlarm([UInt8](organisation.id.text.utf8))
                let mustBeTried = isShown && contact.isShown && !(isAlarm && contact.kind == "tel")
                if mustBeTried { checkTried(contact, name) }
            }
        }
    }

    private func checkDays(_ contact: TreeBlueprint.Contact, _ name: String) {
        if contact.evidence == "read", contact.readOn == nil {
            let clause = "\(name) was read and has no read_on, it must have the day of its source"
            findings.error(clause, at: contact.value.position)
        }
        for (word, what) in [(contact.readOn, "was read"), (contact.checkedOn, "is checked")] {
            guard let word, let day = Day(text: [UInt8](word.text.utf8)) else { continue }
            if day.number > today.number {
                let clause = "\(name) \(what) on \(word.text), it must be today or before"
                findings.error(clause, at: word.position)
            }
        }
    }

    private func checkTried(_ contact: TreeBlueprint.Contact, _ name: String) {
        let verbs = ["tel": "called", "web": "opened"]
        let verb = verbs[contact.kind] ?? "written to"
        guard let word = contact.checkedOn, let tried = Day(text: [UInt8](word.text.utf8)) else {
            let clause = "\(name) (\(contact.value.text)) was never \(verb), somebody must do it"
            return untried.error(clause, at: contact.value.position)
        }
        if today.number > tried.number, today.number - tried.number > Self.longestUnchecked {
            let clause =
                "\(name) (\(contact.value.text)) was \(verb) on \(word.text), it must be within "
                + "\(Self.longestUnchecked) days"
            untried.error(clause, at: word.position)
        }
    }
}
