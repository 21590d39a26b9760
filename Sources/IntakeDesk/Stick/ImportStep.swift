/// How far taking a bundle is.
public enum ImportStep: Sendable {
    /// The container is being verified; nothing was opened.
    case verifying
    /// What is inside is being opened and filed.
    case opening
}

/// Told now and then how many rows of all are done.
public typealias ImportProgress = (ImportStep, _ done: Int, _ all: Int) -> Void
