import SealedIntake

/// The sealing keys an organisation holds, one an epoch.
public final class KeyRing: Sendable {
    private final class Entry: Sendable {
        let pair: SealingKeyPair

        init(_ pair: consuming SealingKeyPair) {
            self.pair = pair
        }
    }

    private let entries: [Entry]

    private init(entries: [Entry]) {
        self.entries = entries
    }

    /// A ring without keys.
    public convenience init() {
        self.init(entries: [])
    }

    /// This ring and one key more.
    public func adding(_ pair: consuming SealingKeyPair) -> KeyRing {
        KeyRing(entries: entries + [Entry(pair)])
    }

    /// The public keys, in the order they were added.
    public var publicKeys: [SealingPublicKey] { entries.map { $0.pair.publicKey } }

    /// Opens with the first key that can, or nil when none can.
    public func open(_ sealed: [UInt8]) -> SecretBytes? {
        for entry in entries {
            if let opened = entry.pair.open(sealed) { return opened }
        }
        return nil
    }
}
