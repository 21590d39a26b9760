import Foundation
import SealedIntake

/// One passphrase, typed on different keyboards: RFC 8265, OpaqueString.
extension Passphrase {
    /// Joiners and selectors that keyboards of some scripts type.
    private static let typedUnseen = Set<UInt32>([0x200C, 0x200D, 0xFE0E, 0xFE0F])

    /// A passphrase for something new, as every keyboard types it.
    /// - Throws: ``PassphraseError``: what is no text or cannot be typed again, then what is empty.
    public static func typable(_ given: borrowing SecretBytes) throws -> SecretBytes {
        guard var bytes = normalised(given) else { throw PassphraseError.notTypable }
        defer { bytes.wipe() }
        guard String(utf8: bytes).unicodeScalars.allSatisfy(isTypable) else {
            throw PassphraseError.notTypable
        }
        guard !bytes.isEmpty else { throw PassphraseError.empty }
        guard bytes.count <= longest else { throw PassphraseError.tooLong }
        return SecretBytes(copying: bytes)
    }

    /// Tries a passphrase as it was given; where that opens nothing, as it is normalised, and then
    /// with letters and accents apart, as older files may have been made with it.
    ///
    /// Nothing else is tried, so a guess opens no more than what it spells.
    public static func tried<Opened: ~Copyable>(
        _ given: borrowing SecretBytes,
        opening open: (borrowing SecretBytes) throws -> Opened?
    ) throws -> Opened? {
        if let opened = try open(given) { return opened }
        var before = given.exposed
        defer { before.wipe() }
        guard var plain = normalised(given) else { return nil }
        defer { plain.wipe() }
        var apart = [UInt8](String(utf8: plain).decomposedStringWithCanonicalMapping.utf8)
        defer { apart.wipe() }
        if !plain.isEmpty, plain != before {
            if let opened = try open(SecretBytes(copying: plain)) { return opened }
        }
        guard apart != plain, apart != before else { return nil }
        return try open(SecretBytes(copying: apart))
    }

    /// Without a byte order mark and the marks of a paste, with the usual space for any, composed.
    ///
    /// Nil where it is no UTF-8; empty where nothing is left.
    static func normalised(_ given: borrowing SecretBytes) -> [UInt8]? {
        var exposed = given.exposed
        defer { exposed.wipe() }
        var bytes = KeySequences.withoutPaste(exposed)
        if bytes.starts(with: KeySequences.byteOrderMark) { bytes.removeFirst(3) }
        // What is ASCII never becomes text, of which copies would stay behind.
        guard bytes.contains(where: { $0 >= 0x80 }) else { return bytes }
        defer { bytes.wipe() }
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        var spaced = ""
        for scalar in text.unicodeScalars {
            let isSpace = scalar.properties.generalCategory == .spaceSeparator
            spaced.unicodeScalars.append(isSpace ? " " : scalar)
        }
        return [UInt8](spaced.precomposedStringWithCanonicalMapping.utf8)
    }

    private static func isTypable(_ scalar: Unicode.Scalar) -> Bool {
        typedUnseen.contains(scalar.value) || !Printable.isHidden(scalar)
    }
}
