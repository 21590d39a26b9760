/// Why what a person asked for cannot be had.
public enum RequestFault: Error, Equatable, Sendable {
    /// No thread begins with these digits.
    case noSuchThread(String)
    /// More than one thread does.
    case severalThreads(String, Int)
    /// Not hexadecimal digits.
    case notAThreadID(String)
    /// Nothing was imported yet.
    case nothingImported

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .noSuchThread(let typed): "no thread begins with \"\(Printable.line(typed))\""
        case .severalThreads(let typed, let count):
            "\(count) threads begin with \"\(Printable.line(typed))\", it must be one"
        case .notAThreadID(let typed):
            "\"\(Printable.line(typed))\" is no thread id, it must be 4 or more of 0-9 and a-f"
        case .nothingImported: "nothing was imported here yet, a bundle must come in first"
        }
    }

    /// What the person at the desk can do about it.
    public var hint: String? {
        switch self {
        case .noSuchThread, .notAThreadID: "intake-admin list shows the ids"
        case .severalThreads: "type more of its digits"
        case .nothingImported: "intake-admin import --vault FILE BUNDLE --directory NOTE"
        }
    }
}
