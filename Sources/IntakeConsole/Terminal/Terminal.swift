import Foundation
import Synchronization

/// What the screen can show, and writing to it.
public enum Terminal {
    /// The width when nobody says another.
    static let usualWidth = 80

    /// Columns of standard output: the terminal's, from 40 to 120; 80 where there is none.
    public static var width: Int {
        var size = winsize()
        let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0
        guard isKnown, size.ws_col > 0 else { return usualWidth }
        return min(max(Int(size.ws_col), 40), 120)
    }

    /// Whether standard output is a terminal that wants colours.
    public static var hasColours: Bool {
        isTerminal(STDOUT_FILENO) && (getenv("NO_COLOR").map { $0[0] == 0 } ?? true)
            && getenv("TERM").map { String(cString: $0) } != "dumb"
    }

    /// Whether standard error is a terminal, where progress can be shown.
    public static var showsProgress: Bool { isTerminal(STDERR_FILENO) }

    /// Whether standard input is a terminal, where a person types.
    public static var isTyped: Bool { isTerminal(STDIN_FILENO) }

    /// Exit status where all was done and what it says could not be written.
    public static let notShown = GivenOutput.notShown

    private static let fault = Mutex<Int32>(0)

    /// Why something of what was shown is not there; nil where all is.
    public static var lost: String? {
        let code = fault.withLock { $0 }
        return code == 0 ? nil : String(cString: strerror(code))
    }

    /// Writes to standard output.
    public static func show(_ text: String) {
        let code = GivenOutput.put(text, to: STDOUT_FILENO)
        if code != 0 { fault.withLock { $0 = code } }
    }

    /// Writes to standard error.
    public static func tell(_ text: String) {
        GivenOutput.put(text, to: STDERR_FILENO)
    }

    /// Reads standard input to its end.
    /// - Throws: ``FileError/tooLong(path:most:)``.
    public static func typedText(most: Int) throws -> [UInt8] {
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return text }
            text += buffer.prefix(count)
            guard text.count <= most else {
                throw FileError.tooLong(path: "standard input", most: most)
            }
        }
    }

    /// Reads one line of standard input, without its end; nil where there is none.
    /// - Throws: ``FileError/tooLong(path:most:)``.
    public static func typedLine() throws -> [UInt8]? {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while line.count < 1024 {
            let count = read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            guard byte != 0x0A else { return line }
            line.append(byte)
        }
        throw FileError.tooLong(path: "standard input", most: 1024)
    }

    private static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }
}
