extension BrokenTreeTests {
    static let structure = [
        Break(
            file: tree,
            old: "    many: true",
            new: "    manny: true",
            finding: "wegwijzer.yaml:16:5: error: the key of question thema \"manny\" is unknown, "
                + "it must be one that is there; did you mean \"many\"?"
        ),
        Break(
            file: tree,
            old: "  wie:\n",
            new: "  rol:\n",
            finding: "the key \"rol\" stands twice in a map, it must stand once"
        ),
        Break(file: tree, old: "  wie:\n", new: "\twie:\n", finding: "it must be YAML"),
        Break(
            file: tree,
            old: "many: true\n    source: [A]",
            new: "many: true\n    source: [A",
            finding: "it must be YAML"
        ),
        Break(
            file: tree,
            old: "valid_from: 2026-12-01\n",
            new: "",
            finding: "valid_from is missing, it must be there"
        ),
        Break(
            file: tree,
            old: "valid_from: 2026-12-01",
            new: "valid_from: 1 december",
            finding: "\"1 december\" is no day, it must be written YYYY-MM-DD"
        ),
        Break(
            file: tree,
            old: "kind: settled",
            new: "kind: setled",
            finding: "the kind of outcome o4 \"setled\" is unknown, it must be one that is there; "
                + "did you mean \"settled\"?"
        ),
        Break(file: tree, old: "rung: 7", new: "rung: 9", finding: "the rung of outcome o3 \"9\""),
        Break(
            file: tree,
            old: "rung: 8",
            new: "rung: 9",
            finding: "the number of rung laatst \"9\""
        ),
        Break(
            file: tree,
            old: "laatst: { rung: 8, source: [A] }",
            new: "laatst: { rung: 8, source: [] }",
            finding: "rung laatst has no source, it must have one"
        ),
        Break(
            file: tree,
            old: "{ to: o2 }\noutcomes",
            new: "{ to: o2, if: rol=leerling }\noutcomes",
            finding: "the last case of question regel has a condition"
        ),
        Break(
            file: tree,
            old: "  gevaar:\n",
            new: "  Gevaar:\n",
            finding: "the id \"Gevaar\" has other letters"
        ),
        Break(
            file: tree,
            old: "if: \"zeker=nee, rol!=personeel\"",
            new: "if: zeker",
            finding: "the condition \"zeker\" is not in the form"
        ),
        Break(
            file: tree,
            old: "if: \"zeker=nee, rol!=personeel\"",
            new: "if: \"zeker=nee, zeker!=nee\"",
            finding: "can never hold"
        ),
        Break(
            file: tree,
            old: "also: [lijn], source: [A]",
            new: "also: [lijn]",
            finding: "outcome o2 has no source, it must have one"
        ),
    ]

    static let names = [
        Break(
            file: tree,
            old: "seks: { to: wie }",
            new: "seks: { to: wi }",
            finding: "wegwijzer.yaml:20:19: error: the question or outcome \"wi\" is unknown, "
                + "it must be one that is there; did you mean \"wie\"?"
        ),
        Break(
            file: tree,
            old: "seks: { to: wie }",
            new: "seks: { to: rol }",
            finding: "\"thema\" leads back to \"rol\", which would be a cycle"
        ),
        Break(
            file: tree,
            old: "seks: { to: wie }",
            new: "seks: { to: thema }",
            finding: "which would be a cycle"
        ),
        Break(file: tree, old: "  o4: {", new: "  wie: {", finding: "\"wie\" names two things"),
        Break(
            file: tree,
            old: "first: [lijn], places",
            new: "first: [lijm], places",
            finding: "the organisation \"lijm\" is unknown, it must be one that is there; "
                + "did you mean \"lijn\"?"
        ),
        Break(file: tree, old: "hide: [vi]", new: "hide: [vj]", finding: "\"vj\" is unknown"),
        Break(
            file: tree,
            old: "if: \"rol=leerling, sub=pesten\", hide",
            new: "if: \"rol=leerling, sub=pest\", hide",
            finding: "the fact \"sub=pest\" is unknown"
        ),
        Break(
            file: tree,
            old: "if: rol=personeel }",
            new: "if: later=ja }",
            finding: "the fact \"later=ja\" is unknown"
        ),
        Break(
            file: tree,
            old: "[place vi]",
            new: "[plaats vi]",
            finding: "\"plaats vi\" is no block with an id"
        ),
        Break(file: tree, old: "[duty d1]", new: "[duty d9]", finding: "duty \"d9\" is unknown"),
        Break(
            file: duties,
            old: "vermoeden=ja",
            new: "vermoden=ja",
            finding: "did you mean \"vermoeden=ja\"?"
        ),
    ]

    static let proofs = [
        Break(
            file: tree,
            old: "  o4: {",
            new: "  o5: { kind: help, rung: 1, source: [A] }\n  o4: {",
            finding: "no walk reaches the outcome \"o5\""
        ),
        Break(
            file: tree,
            old: "nu: { to: o1 }",
            new: "nu: { to: rol }",
            finding: "the danger outcome \"o1\" is no answer of the first question"
        ),
        Break(
            file: tree,
            old: "      onbekend: { to: thema }\n",
            new: "",
            finding: "question rol has no answer \"onbekend\""
        ),
        Break(
            file: tree,
            old: "rung: 2, first: [lijn], ",
            new: "rung: 2, ",
            finding: "a walk shows no first help, it must show some, on the walk gevaar=nee, "
                + "rol="
        ),
        Break(
            file: tree,
            old: "places: [vi], also: [lijn], ",
            new: "",
            finding: "a walk shows no place to go"
        ),
        Break(
            file: tree,
            old: "hide: [vi], places: [school]",
            new: "places: [school]",
            finding: "place \"vi\" is shown, which is forbidden here: it must not be, on the walk "
                + "gevaar=nee, rol=leerling, thema=pesten"
        ),
        Break(
            file: duties,
            old: "if: \"rol=personeel, dader=school\"",
            new: "if: \"rol=personeel, dader=school, sub!=pesten\"",
            finding: "duty d1 is not shown, one must be, on the walk gevaar=nee, rol=personeel, "
                + "thema=pesten, thema=seks, wie=school"
        ),
        Break(
            file: duties,
            old: "until: null",
            new: "until: 2026-11-30",
            finding: "duty \"d1\" ended on 2026-11-30, it must hold today"
        ),
        Break(
            file: who,
            old: "  not_in_tree: no destination\n",
            new: "",
            finding: "no walk shows the partner \"raad\""
        ),
        Break(
            file: who,
            old: "  channel: school\n",
            new: "  channel: school\n  not_in_tree: x\n",
            finding: "\"school\" is shown and said to be not in the tree"
        ),
        Break(
            file: tree,
            old: "also: [{ id: vi, if: dader!=school }, school]",
            new: "also: [{ id: vi, if: rol=leerling }, school]",
            finding: "no walk shows also \"vi\""
        ),
    ]

    static let facts = [
        Break(
            file: tree,
            old: "kind: settled, ",
            new: "kind: settled, valid_from: 2027-01-01, ",
            finding: "outcome o4 holds from 2027-01-01, after valid_from"
        ),
        Break(
            file: who,
            old: "  anonymous: \"yes\"\n  source",
            new: "  anonymous: \"no\"\n  source",
            finding: "organisation vi is sealed and not anonymous"
        ),
        Break(
            file: who,
            old: "  directory: nl-vi\n",
            new: "",
            finding: "organisation vi is sealed without a directory id"
        ),
        Break(
            file: duties,
            old: "from: 2012-08-01, until",
            new: "from: null, until",
            finding: "duty \"d1\" has no from"
        ),
    ]

    static let words = [
        Break(
            file: texts,
            old: "{ text: Wie doet dit? }",
            new: "{ hint: Wie? }",
            finding: "the text question.wie.text is missing"
        ),
        Break(
            file: texts,
            old: "{ text: Wie doet dit? }",
            new: "{ text: Wie?, texxt: Wie? }",
            finding: "did you mean \"question.wie.text\"?"
        ),
        Break(file: texts, old: "Wie doet dit?", new: "<b>", finding: "holds <, it must be plain"),
        Break(file: texts, old: "Wie doet dit?", new: "''", finding: "is empty"),
        Break(file: texts, old: "Wie doet dit?", new: "\"a\\tb\"", finding: "control character"),
        Break(
            file: texts,
            old: "Wie doet dit?",
            new: "a b c d e f g h i j k l m",
            finding: "question wie has 13 words"
        ),
        Break(
            file: texts,
            old: "title: Dit past,",
            new: "title: a b c d e f g h i j k l m,",
            finding: "the title of outcome o2 has 13 words, it must have at most 12"
        ),
        Break(
            file: texts,
            old: "title: Dit past,",
            new: "title: a\u{a0}b/c d e f g h i j k l m,",
            finding: "the title of outcome o2 has 13 words"
        ),
        Break(
            file: tree,
            old: "{ show: [place vi], if: \"rol=leerling, sub=pesten\", source: [A] }",
            new: "{ show: [outcome], if: \"rol=leerling, sub=pesten\", source: [A] }",
            finding: "\"outcome\" names none, it must name one"
        ),
        Break(
            file: tree,
            old: "{ show: [place vi], if: \"rol=leerling, sub=pesten\", source: [A] }",
            new: "{ show: [outcome o2], if: \"rol=leerling, sub=pesten\", source: [A] }",
            finding: "outcome \"o2\" is reached, which is forbidden here"
        ),
        Break(
            file: texts,
            old: "notes: [Kom gerust terug.]",
            new: "notes: [a, b, c]",
            finding: "the list outcome.o4.notes has more than 2 lines"
        ),
        Break(
            file: texts,
            old: "what: Wie.",
            new: "what: a b c d e f g h",
            finding: "the text organisation.alarm.what has 8 words, it must have at most 7"
        ),
        Break(
            file: tree,
            old: "      pesten: { to: o2, facts: { sub: pesten } }\n",
            new: "      pesten: { to: o2, facts: { sub: pesten } }\n"
                + (1...6).map { "      meer\($0): { to: o2 }\n" }.joined(),
            finding: "question thema has 10 answers, it must have at most 9"
        ),
        Break(
            file: texts,
            old: "can: [Ja.]",
            new: "can: [a, b, c, d]",
            finding: "has more than 3 lines"
        ),
        Break(
            file: texts,
            old: "can: [Ja.]",
            new: "can: []",
            finding: "the list organisation.alarm.can is missing"
        ),
    ]
}
