/// What an operation says back: a status and parts.
struct Outcome {
    /// The input was not the parts of the operation: a fault of the page's JavaScript.
    static let misused = Outcome(status: 255, parts: [])

    /// 0 when it was done; another number names the refusal.
    let status: Int32

    /// What is said besides.
    let parts: [[UInt8]]

    /// The operation was done.
    static func done(_ parts: [[UInt8]] = []) -> Outcome {
        Outcome(status: 0, parts: parts)
    }

    /// The operation was refused.
    static func refused<Refusal: RawRepresentable>(
        _ refusal: Refusal,
        _ parts: [[UInt8]] = []
    ) -> Outcome where Refusal.RawValue == Int32 {
        Outcome(status: refusal.rawValue, parts: parts)
    }
}
