import IntakeConsole
import SealedIntake

/// Why a root key cannot be made or read.
public enum RootKeyError: Refusal {
    /// The file holds no root key.
    case malformed(path: String)
    /// The file holds a key that nothing protects, as they were made once.
    case inTheClear(path: String)
    /// The passphrase is another.
    case wrongPassphrase
    /// The name cannot stand in a note.
    case badName(String)

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .malformed(let path): "\"\(path)\" holds no root key, it must be made by root new"
        case .inTheClear(let path):
            "\"\(path)\" holds a root key in the clear, it must be under a passphrase"
        case .wrongPassphrase:
            "the passphrase does not open this root key, it must be the one it was made with"
        case .badName(let name):
            "\"\(Printable.line(name))\" is no name for a key, it must be 1 to 64 printable ASCII "
                + "characters without spaces and plus signs"
        }
    }

    /// What its holder can do about it.
    public var hint: String? {
        guard case .inTheClear = self else { return nil }
        return "make a new one with root new, list it in a new roots file, destroy this one"
    }
}
