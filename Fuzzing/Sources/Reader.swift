/// One way by which bytes come in.
struct Reader: Sendable {
    let name: String
    /// Whether the bytes were taken for what they must be; stops the process where a rule that
    /// must hold for them does not.
    let accepts: @Sendable ([UInt8]) -> Bool

    static let all: [Reader] =
        wire + publicFiles + containers + trees + [frame, reply, token] + vault
}

/// Stops the process: what is read and written again must be the same bytes.
func require(_ holds: Bool, _ rule: StaticString) {
    if !holds { fatalError("\(rule)") }
}
