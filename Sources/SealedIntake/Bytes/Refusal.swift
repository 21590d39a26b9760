/// An error that can say itself in one clause: what was found, then what must be.
///
/// Clauses are constants in English without a full stop; they never hold content, keys, tokens or
/// addresses. What a child reads is the page's own text.
public protocol Refusal: Error, Equatable, Sendable {
    /// The clause, lower case, without a full stop.
    var clause: StaticString { get }
}
