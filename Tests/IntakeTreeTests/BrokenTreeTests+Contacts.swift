extension BrokenTreeTests {
    /// Ways in, their days, and the numbers that texts name.
    static let contacts = [
        Break(
            file: who,
            old: "evidence: read, source: A, read_on",
            new: "evidence: read, read_on",
            finding: "a contact of organisation lijn has no source"
        ),
        Break(
            file: who,
            old: "tel: 0800-1",
            new: "fax: 0800-1",
            finding: "a contact of organisation lijn has not one of tel, web and mail"
        ),
        Break(
            file: who,
            old: "source: A, read_on: 2026-10-01, ",
            new: "source: A, ",
            finding: "error: the tel of \"lijn\" was read and has no read_on"
        ),
        Break(
            file: who,
            old: "read_on: 2026-10-01, ",
            new: "read_on: october, ",
            finding: "error: read_on \"october\" is no day"
        ),
        Break(
            file: who,
            old: "read_on: 2026-10-01, ",
            new: "read_on: 2027-01-01, ",
            finding: "error: the tel of \"lijn\" was read on 2027-01-01, it must be today or before"
        ),
        Break(
            file: who,
            old: "evidence: read, source: A, read_on: 2026-10-01, checked_on: 2026-11-25",
            new: "evidence: none, source: A",
            finding: "error: \"lijn\" is open and has no contact that may be shown"
        ),
        Break(
            file: who,
            old: "checked_on: 2026-11-25",
            new: "checked_on: 2027-01-01",
            finding: "error: the tel of \"lijn\" is checked on 2027-01-01"
        ),
        Break(
            file: texts,
            old: "Bel bij gevaar.",
            new: "Bel bij gevaar 112.",
            finding: "the text note.n1.1 has a number of \"alarm\", it must be {nummer.alarm}"
        ),
        Break(
            file: texts,
            old: "Bel bij gevaar.",
            new: "'Bel bij gevaar {nummer.alarn}.'",
            finding: "error: the text note.n1.1 names a number that is not there"
        ),
        Break(
            file: texts,
            old: "Bel bij gevaar.",
            new: "'Kijk bij gevaar op {site.lijn}.'",
            finding: "note.n1.1 names a site that is not there, it must be {site.ID} of an"
        ),
    ]
}
