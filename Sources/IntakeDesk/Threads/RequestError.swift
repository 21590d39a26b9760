import IntakeConsole
import SealedIntake

/// Why what a person asked for cannot be had.
public enum RequestError: Refusal {
    /// No thread begins with these digits.
    case noSuchThread(String)
    /// More than one thread does.
    case severalThreads(String, Int)
    /// Not hexadecimal digits.
    case notAThreadID(String)
    /// The list has fewer pages.
    case noSuchPage(Int, of: Int)

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .noSuchThread(let typed): "no thread begins with \"\(Printable.line(typed))\""
        case .severalThreads(let typed, let count):
            "\(count) threads begin with \"\(Printable.line(typed))\", it must be one"
        case .notAThreadID(let typed):
            "\"\(Printable.line(typed))\" is no thread id, it must be 4 or more of 0-9 and a-f"
        case .noSuchPage(let page, let pages):
            "the list has no page \(page), it must be "
                + (pages == 1 ? "1, there are no more" : "one of 1 to \(pages)")
        }
    }

    /// What the person at the desk can do about it.
    public var hint: String? {
        switch self {
        case .noSuchThread, .notAThreadID: "intake-admin list shows the ids"
        case .severalThreads: "type more of its digits"
        case .noSuchPage: nil
        }
    }
}
