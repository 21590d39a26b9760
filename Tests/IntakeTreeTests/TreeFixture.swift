import Foundation
import SealedIntake

@testable import IntakeTree

/// A small tree that is sound, in a folder of its own, to break in one place.
struct TreeFixture {
    static let today = Day(text: [UInt8]("2026-12-01".utf8)) ?? .last

    var files = [
        "wegwijzer.yaml": wegwijzer, "organisations.yaml": organisations, "duties.yaml": duties,
        "texts/nl.yaml": texts,
    ]

    /// What code asks of this tree by name: it has none of the names of a real one.
    var known: [KnownName] = []

    /// Writes the files, compiles them and removes them again.
    func compile(on today: Day = today) throws -> TreeCompilation {
        try inFolder { TreeFolder.compile($0, today: today, known: known) }
    }

    /// Runs with a folder of these files; a file whose text is "(folder)" is made a folder.
    func inFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
        let manager = FileManager.default
        let folder = manager.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? manager.removeItem(at: folder) }
        let texts = folder.appendingPathComponent("texts")
        try manager.createDirectory(at: texts, withIntermediateDirectories: true)
        for (name, text) in files {
            let place = folder.appendingPathComponent(name)
            if text == "(folder)" {
                try manager.createDirectory(at: place, withIntermediateDirectories: true)
            } else {
                try Data(text.utf8).write(to: place)
            }
        }
        return try body(folder.path)
    }

    static let wegwijzer = """
        valid_from: 2026-12-01
        questions:
          gevaar:
            source: [A]
            answers:
              nu: { to: o1 }
              nee: { to: rol }
              onbekend: { to: rol, facts: { zeker: nee } }
          rol:
            source: [A]
            answers:
              leerling: { to: thema, facts: { rol: leerling } }
              personeel: { to: thema, facts: { rol: personeel } }
              onbekend: { to: thema }
          thema:
            many: true
            source: [A]
            answers:
              pesten: { to: o2, facts: { sub: pesten } }
              seks: { to: wie }
              goed: { to: o4 }
              onbekend: { to: o2 }
          wie:
            source: [A]
            answers:
              school: { to: regel, facts: { dader: school } }
              onbekend: { to: regel }
          regel:
            source: [A]
            rule:
              - { to: o3, if: rol=personeel }
              - { to: o2 }
        outcomes:
          o1: { kind: danger, rung: 0, first: [alarm], source: [A] }
          o2: { kind: help, rung: 2, first: [lijn], places: [vi], also: [lijn], source: [A] }
          o3:
            kind: help
            rung: 7
            first: [lijn]
            also: [{ id: vi, if: dader!=school }, school]
            source: [A]
          o4: { kind: settled, rung: 1, source: [A] }
        modifiers:
          m1: { if: "zeker=nee, rol!=personeel", first: [alarm], notes: [n1], source: [B] }
          m2: { if: "rol=leerling, sub=pesten", hide: [vi], places: [school], source: [B] }
        leads:
          pesten: { if: "rol=personeel, sub=pesten", source: [A] }
        forbid:
          - { show: [place vi], if: "rol=leerling, sub=pesten", source: [A] }
        require:
          - { show: [duty d1], if: "rol=personeel, dader=school", source: [A] }

        never_together:
          - { show: [duty d1, note n1], if: rol=personeel, source: [A] }
        ladder:
          praten: { rung: 1, source: [A] }
          vi: { rung: 3, if: rol=leerling, source: [A] }
          vi--u: { rung: 3, if: rol!=leerling, source: [A] }
          laatst: { rung: 8, source: [A] }
        """

    static let organisations = """
        alarm:
          channel: open
          anonymous: "no"
          contacts:
            - tel: "112"
              hours: altijd
              evidence: read
              source: A
              read_on: 2026-10-01
              checked_on: null
          source: [A]
        lijn:
          channel: open
          anonymous: "yes"
          partner: true
          contacts:
            - { tel: 0800-1, evidence: read, source: A, read_on: 2026-10-01, checked_on: 2026-11-25 }
          source: [A]
        school:
          channel: school
          anonymous: "no"
          source: [A]
        vi:
          channel: sealed
          directory: nl-vi
          anonymous: "yes"
          source: [A]
        raad:
          channel: open
          anonymous: unknown
          partner: true
          not_in_tree: no destination
          source: [A]

        """

    static let duties = """
        d1: { from: 2012-08-01, until: null, if: "rol=personeel, dader=school", source: [A] }
        d2: { block: desk, from: 2012-08-01, if: vermoeden=ja, source: [A] }
        inspector_facts: { vermoeden: [ja, nee], instelling_id: [] }

        """

    static let texts = """
        question:
          gevaar: { text: Is er nu gevaar? }
          rol: { text: Wie ben je? }
          thema: { text: Wat is er gebeurd? }
          wie: { text: Wie doet dit? }
        answer:
          gevaar: { nu: Ja, nee: Nee, onbekend: Weet ik niet }
          rol: { leerling: Leerling, personeel: Personeel, onbekend: Zeg ik niet }
          thema: { pesten: Pesten, seks: Seks, goed: Het gaat goed, onbekend: Weet ik niet }
          wie: { school: Iemand op school, onbekend: Weet ik niet }
        outcome:
          o1: { title: Bel nu, why: Er is gevaar. }
          o2: { title: Dit past, why: Jij zei dit. }
          o3: { title: Dit past ook, why: Jij zei dit. }
          o4: { title: Fijn, why: Het gaat goed., notes: [Kom gerust terug.] }
        organisation:
        ORGANISATIONS
        hours: { altijd: Dag en nacht }
        note: { n1: [Bel bij gevaar.] }
        duty: { d1: { title: Zeg het, text: [Zeg het nu.] } }
        lead: { pesten: { role: Coach, protocol: Plan } }
        rung:
        RUNGS
        desk: { d2: { title: Let op, text: Doe aangifte. } }

        """
        .replacingOccurrences(of: "ORGANISATIONS", with: organisationTexts)
        .replacingOccurrences(of: "RUNGS", with: rungTexts)

    private static let organisationTexts = ["alarm", "lijn", "school", "vi"].map {
        "  \($0): { name: \($0), what: Wie., can: [Ja.], cannot: [Nee.], when: Nu., anonymity: Ja. }"
    }.joined(separator: "\n")

    private static let rungTexts = ["praten", "vi", "vi--u", "laatst"]
        .map { "  \($0): { name: Trede, text: Zo. }" }.joined(separator: "\n")
}
