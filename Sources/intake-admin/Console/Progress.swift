import IntakeConsole
import IntakeDesk

/// One line on a terminal's standard error that says how far long work is.
struct Progress {
    private let isShown = Terminal.showsProgress

    /// Shows how many of all are done.
    func show(_ step: ImportStep, _ done: Int, _ all: Int) {
        guard isShown, all > 0 else { return }
        let verb = step == .verifying ? "verifying" : "opening"
        Terminal.tell("\r\(verb) \(done * 100 / all) %  ")
    }

    /// Takes the line away.
    func end() {
        guard isShown else { return }
        Terminal.tell("\r                 \r")
    }
}
