/// An error that can say itself in one clause: what was found, then what must be.
///
/// Whatever of ours throws, throws one of these, and its name ends in `Error`. Clauses are English
/// without a full stop; they never hold content, keys, tokens or addresses. What a child reads is
/// the page's own text.
public protocol Refusal: Error, Equatable, Sendable {
    /// The clause, lower case, without a full stop.
    var clause: String { get }

    /// What the person who reads it can do about it; nil where nothing is known.
    var hint: String? { get }
}

extension Refusal {
    /// Nothing is known.
    public var hint: String? { nil }
}
