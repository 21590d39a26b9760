/// A receiving organisation as the directory lists it.
public struct Organisation: Hashable, Sendable {
    /// A sealing key and the last day it is used.
    public struct Epoch: Hashable, Sendable {
        /// The key.
        public let key: SealingPublicKey
        /// The last day a sender uses it.
        public let until: Day

        /// Takes the parts.
        public init(key: SealingPublicKey, until: Day) {
            self.key = key
            self.until = until
        }
    }

    /// Who takes over what nobody picks up.
    public struct Escalation: Hashable, Sendable {
        /// The organisation.
        public let organisation: OrganisationID
        /// After so many days.
        public let days: UInt32

        /// Takes the parts.
        public init(organisation: OrganisationID, days: UInt32) {
            self.organisation = organisation
            self.days = days
        }
    }

    /// The id.
    public let id: OrganisationID
    /// The name people read, UTF-8.
    public let name: [UInt8]
    /// Its sealing keys, earliest first.
    public let epochs: [Epoch]
    /// Its desk keys, newest first; older ones still verify.
    public let deskKeys: [VerifierKey]
    /// Text envelopes of a day are filled up to a multiple of this.
    public let batch: UInt32
    /// Its escalation, or nil.
    public let escalation: Escalation?

    /// The key a sender uses on a day: of the first epoch that is not over.
    public func sealingKey(on day: Day) -> SealingPublicKey? {
        epochs.first { day <= $0.until }?.key
    }
}
