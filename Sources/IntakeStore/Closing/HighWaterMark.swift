import IntakeConsole
import SealedIntake

/// The newest checkpoint, kept beside the log key and apart from the store: a store that was
/// restored from an older copy is behind it, and must not sign another tree of a size that was
/// signed before.
/// - SeeAlso: `docs/spec/protocol.md`, section 12.
public struct HighWaterMark: Sendable {
    private let path: String

    /// The mark in a file.
    public init(path: String) {
        self.path = path
    }

    /// The checkpoint it holds.
    /// - Throws: ``FileError`` when it cannot be read, ``StoreError/noHighWaterMark`` when it is
    ///   gone, ``StoreError/otherHighWaterMark`` when this key did not sign it.
    public func read(logKey: LogKey) throws -> VerifiedCheckpoint {
        guard let bytes = try PlainFile.contentsIfThere(of: path) else {
            throw StoreError.noHighWaterMark
        }
        guard let note = try? SignedNote(bytes: bytes),
            let checkpoint = try? VerifiedCheckpoint(
                note: note,
                origin: logKey.signer.name,
                logKeys: logKey.verifierKeys
            )
        else { throw StoreError.otherHighWaterMark }
        return checkpoint
    }

    /// Raises the mark.
    /// - Throws: ``FileError``.
    public func write(_ checkpoint: VerifiedCheckpoint) throws {
        try PlainFile.replace(path, with: checkpoint.note.bytes)
    }
}
