import SealedIntake

/// What a command that refuses says: one line for each line of the clause, the hint behind it.
public enum RefusalLines {
    /// The lines of a refusal; safe for a terminal.
    ///
    /// A program reads one line; a person reads it on a screen, broken between words.
    public static func of(_ refusal: any Refusal, program: String, isShown: Bool) -> [String] {
        let hint = refusal.hint.map { "; \($0)" } ?? ""
        return (refusal.clause + hint).split(separator: "\n").flatMap { clause in
            let line = Printable.line("\(program): \(clause)")
            return isShown ? TextWrap.lines(line, width: Terminal.width) : [line]
        }
    }

    /// Tells a refusal on standard error.
    public static func tell(_ refusal: any Refusal, program: String) {
        let lines = of(refusal, program: program, isShown: Terminal.showsProgress)
        Terminal.tell(lines.map { $0 + "\n" }.joined())
    }
}
