/// Something a walk knows: `rol=leerling`.
public struct Fact: Hashable, Sendable {
    /// The name, `[a-z0-9_-]`.
    public let name: [UInt8]
    /// The value, `[a-z0-9_-]`.
    public let value: [UInt8]

    /// Takes a name and a value as they are.
    public init(name: [UInt8], value: [UInt8]) {
        self.name = name
        self.value = value
    }

    /// Reads `NAME=VALUE`, or nil when it is not in that form.
    public init?(_ text: [UInt8]) {
        let parts = text.split(separator: 0x3D, omittingEmptySubsequences: false)
            .map { [UInt8]($0) }
        guard parts.count == 2, parts.allSatisfy(Self.isWord) else { return nil }
        self.init(name: parts[0], value: parts[1])
    }

    /// `NAME=VALUE`.
    public var text: [UInt8] { name + [0x3D] + value }

    /// What is true when an outcome is reached.
    static func reached(_ outcome: [UInt8]) -> Fact {
        Fact(name: ascii("outcome"), value: outcome)
    }

    /// Whether this says that an outcome is reached.
    public var isOutcome: Bool { name == ascii("outcome") }

    static func isWord(_ text: [UInt8]) -> Bool {
        !text.isEmpty && text.allSatisfy { isIdentifierByte($0) || $0 == 0x5F }
    }
}
