import SealedIntake
import Testing

@testable import IntakeConsole

/// What a command that refuses says on standard error.
struct RefusalLinesTests {
    private struct NamedError: Refusal {
        let clause: String
        var hint: String?
    }

    private struct ManyError: SeveralRefusals {
        let clauses: [String]
        var clause: String { clauses.joined(separator: ", ") }
        var hint: String? { "mend them" }
    }

    private func lines(_ refusal: any Refusal) -> [String] {
        RefusalLines.of(refusal, program: "intake", isShown: false)
    }

    @Test func `one line says what was found and what to do`() {
        #expect(lines(NamedError(clause: "it is gone")) == ["intake: it is gone"])
        let hinted = NamedError(clause: "it is gone", hint: "look again")
        #expect(lines(hinted) == ["intake: it is gone; look again"])
    }

    @Test func `a path cannot begin a line or move a cursor`() {
        let path = "a\nintake: all is well\u{1B}[2J"
        let refusal = FileError.taken(path: path)
        let line =
            "intake: \"a<U+000A>intake: all is well<U+001B>[2J\" is there already, "
            + "a new file must have a new name"
        #expect(lines(refusal) == [line])
    }

    @Test func `several are told each on a line, the hint behind the last`() {
        let refusal = ManyError(clauses: ["one\n", "two"])
        #expect(lines(refusal) == ["intake: one<U+000A>", "intake: two; mend them"])
    }
}
