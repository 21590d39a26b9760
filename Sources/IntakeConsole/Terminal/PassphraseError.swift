import SealedIntake

/// Why no passphrase could be had.
public enum PassphraseError: Refusal {
    /// Nothing was typed, or the file begins with an empty line.
    case empty
    /// More than 1,024 bytes.
    case tooLong
    /// It is not UTF-8, or holds what no keyboard types again: controls, what is not seen.
    case notTypable
    /// The second was not the first.
    case different
    /// Nobody can be asked.
    case noTerminal
    /// Ctrl-C.
    case cancelled
    /// There is too little memory for its key.
    case tooLittleMemory

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .empty: "the passphrase is empty, it must not be"
        case .tooLong: "the passphrase is longer than 1,024 bytes"
        case .notTypable:
            "the passphrase has keys or signs that are no letters, it must have none, or nobody "
                + "can type it again"
        case .different: "the two passphrases differ, they must be the same"
        case .noTerminal: "there is no terminal to ask for the passphrase"
        case .cancelled: "cancelled, nothing was done"
        case .tooLittleMemory: "too little memory for the passphrase, 256 MiB must be free"
        }
    }

    /// What the person at the desk can do about it.
    public var hint: String? {
        switch self {
        case .noTerminal: "give it with --passphrase-file FILE"
        case .notTypable: "type it by hand, without arrow keys; a file must be UTF-8"
        default: nil
        }
    }
}
