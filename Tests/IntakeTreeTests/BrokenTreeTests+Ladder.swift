/// The ladder, what must never stand together, and duties that sleep.
extension BrokenTreeTests {
    static let ladder = [
        Break(
            file: tree,
            old: "  vi--u: { rung",
            new: "  vj--u: { rung",
            finding: "the organisation of the rung \"vj--u\" is unknown"
        ),
        Break(
            file: tree,
            old: "{ rung: 3, if: rol=leerling,",
            new: "{ rung: 3, if: rol=leerlink,",
            finding: "the fact \"rol=leerlink\" is unknown"
        ),
        Break(
            file: tree,
            old: "if: \"zeker=nee, rol!=personeel\"",
            new: "if: zeker=nee",
            finding: "note \"n1\" is shown beside duty \"d1\": they must never stand together, "
                + "on the walk gevaar=onbekend, rol=personeel"
        ),
        Break(
            file: tree,
            old: "show: [duty d1, note n1]",
            new: "show: [duty d1, note n9]",
            finding: "note \"n9\" is unknown"
        ),
        Break(
            file: duties,
            old: "d1: { from: 2012-08-01, until: null, if",
            new: "d1: { from: 2012-08-01, sleeps: soon, if",
            finding: "duty d1 sleeps and has a day from, it must have one of them"
        ),
        Break(
            file: duties,
            old: "inspector_facts:",
            new:
                "d6: { from: null, sleeps: bill 1, if: dader=school, source: [A] }\ninspector_facts:",
            finding: "warning: duty \"d6\" sleeps, look it up on the day of release: bill 1"
        ),
    ]
}
