import SealedIntake

/// A refusal of several things at once, each told on a line of its own.
public protocol SeveralRefusals: Refusal {
    /// One clause for each, at least one.
    var clauses: [String] { get }
}

/// What a command that refuses says.
public enum RefusalLines {
    /// A line for each clause, the hint behind the last; safe for a terminal, so that nothing in a
    /// path or a name begins a line.
    ///
    /// A program reads one line; a person reads it on a screen, broken between words.
    public static func of(_ refusal: any Refusal, program: String, isShown: Bool) -> [String] {
        var clauses = (refusal as? any SeveralRefusals)?.clauses ?? [refusal.clause]
        if let hint = refusal.hint, let last = clauses.popLast() {
            clauses.append("\(last); \(hint)")
        }
        return clauses.flatMap { clause in
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
