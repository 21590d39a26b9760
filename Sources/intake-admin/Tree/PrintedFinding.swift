import IntakeConsole
import IntakeTree

/// A finding as a program reads it.
struct PrintedFinding: Encodable {
    let weight: String
    let file: String
    let line: Int
    let column: Int
    let clause: String
    let hint: String?

    init(_ finding: TreeFinding) {
        weight = finding.weight.word
        file = Printable.line(finding.position.file)
        line = finding.position.line
        column = finding.position.column
        clause = Printable.line(finding.clause)
        hint = finding.hint.map(Printable.line)
    }
}
