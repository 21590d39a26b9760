/// The requests of a page that is open, at the same times for everybody.
/// - SeeAlso: `docs/spec/protocol.md`, section 9.5.
public enum Beat {
    /// Between two of them; the first comes after half as long.
    public static let seconds = 30
}
