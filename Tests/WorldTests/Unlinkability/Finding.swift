/// What an attacker believes to have seen, and how often mere guessing would show as much.
struct Finding: CustomStringConvertible {
    let method: String
    let views: String
    /// The probability by chance, times the number of things tried.
    let chance: Double

    var description: String { "\(method): \(views) (by chance \(chance))" }
}
