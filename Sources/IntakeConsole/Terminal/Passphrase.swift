import Foundation
import SealedIntake

/// Takes a passphrase without showing it and without leaving copies.
public enum Passphrase {
    /// The longest in bytes.
    public static let longest = 1024

    /// What a passphrase opens.
    public enum Subject: String, Sendable {
        /// A desk's file.
        case vault
        /// A key of the directory's roots.
        case rootKey = "root key"
    }

    /// Reads the first line of a file; for something new as every keyboard types it.
    /// - Throws: ``FileError``, ``PassphraseError``.
    public static func read(file path: String, isNew: Bool = false) throws -> SecretBytes {
        var bytes = try PlainFile.contents(of: path, most: longest + 2)
        defer { bytes.wipe() }
        let end = bytes.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
        guard end > 0 else { throw PassphraseError.empty }
        guard end <= longest else { throw PassphraseError.tooLong }
        var line = [UInt8](bytes[..<end])
        defer { line.wipe() }
        let given = SecretBytes(copying: line)
        return isNew ? try typable(given) : given
    }

    /// Asks at the terminal without echo; twice for a new one.
    /// - Throws: ``PassphraseError``.
    public static func ask(of subject: Subject, isNew: Bool) throws -> SecretBytes {
        let first = try ask("passphrase of the \(subject.rawValue): ")
        guard isNew else { return first }
        let new = try typable(first)
        let second = try typable(ask("the same passphrase again: "))
        guard new.isEqual(to: second) else { throw PassphraseError.different }
        return new
    }

    private static func ask(_ prompt: String) throws -> SecretBytes {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
        guard terminal >= 0 else { throw PassphraseError.noTerminal }
        defer { close(terminal) }
        var before = termios()
        guard tcgetattr(terminal, &before) == 0 else { throw PassphraseError.noTerminal }
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
        tcsetattr(terminal, TCSAFLUSH, &silent)
        defer {
            tcsetattr(terminal, TCSAFLUSH, &before)
            _ = write(terminal, "\n", 1)
        }
        _ = write(terminal, prompt, prompt.utf8.count)
        var typed = TypedLine(longest: longest)
        while !typed.isEnded {
            var byte: UInt8 = 0
            guard Foundation.read(terminal, &byte, 1) == 1 else { break }
            typed.take(byte)
        }
        defer { typed.bytes.wipe() }
        guard !typed.isCancelled else { throw PassphraseError.cancelled }
        guard !typed.bytes.isEmpty else { throw PassphraseError.empty }
        return SecretBytes(copying: typed.bytes)
    }
}

/// A line typed without echo, key by key; its buffer never grows, so no copy stays behind.
struct TypedLine {
    var bytes: [UInt8] = []
    private(set) var isEnded = false
    private(set) var isCancelled = false
    private let longest: Int

    init(longest: Int) {
        self.longest = longest
        bytes.reserveCapacity(longest)
    }

    /// Takes one key: return ends, Ctrl-C and Ctrl-D cancel, backspace and Ctrl-U take back.
    mutating func take(_ key: UInt8) {
        switch key {
        case 0x0A, 0x0D: isEnded = true
        case 0x03, 0x04:
            isCancelled = true
            isEnded = true
        case 0x15: bytes.removeAll(keepingCapacity: true)
        case 0x08, 0x7F: removeLastLetter()
        default: if bytes.count < longest { bytes.append(key) }
        }
    }

    private mutating func removeLastLetter() {
        while let last = bytes.popLast() {
            guard last & 0xC0 == 0x80 else { return }
        }
    }
}
