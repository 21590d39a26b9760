import Foundation

/// How likely mere guessing does as well as an attacker did.
///
/// Whoever knows nothing faces a pairing that is a uniformly random permutation. Each function
/// gives an upper bound, or a value, of the probability under just that assumption.
enum Guessing {
    /// A false alarm over everything one attacker tries happens less often than this.
    static let falseAlarm = 1e-9

    /// `count` pairs or more of a fixed guess are right by chance: at most 1 / count!.
    ///
    /// The expected number of sets of `count` right pairs is at most that, whatever the guess.
    static func right(_ count: Int) -> Double {
        exp(-lgamma(Double(count) + 1))
    }

    /// Ranks of `count` things correlate this much or more, in either direction.
    ///
    /// The normal law with variance 1 / (count - 1); its tails are heavier than those of the
    /// rank correlation, which cannot exceed 1.
    static func correlation(_ correlation: Double, count: Int) -> Double {
        erfc(abs(correlation) * Double(count - 1).squareRoot() / 2.0.squareRoot())
    }

    /// Two marks, on `one` and on `other` of `count` things, fall `both` times on one pair, or a
    /// number as far from the expected one: twice the smaller tail of the hypergeometric law.
    static func overlap(_ both: Int, one: Int, other: Int, count: Int) -> Double {
        let least = max(0, one + other - count)
        let most = min(one, other)
        let expected = Double(one) * Double(other) / Double(count)
        let tail = Double(both) >= expected ? both...most : least...both
        let all = chosen(one, of: count)
        let sum = tail.reduce(0.0) { sum, shared in
            sum + exp(chosen(shared, of: other) + chosen(one - shared, of: count - other) - all)
        }
        return min(1, 2 * sum)
    }

    /// The logarithm of the binomial coefficient.
    private static func chosen(_ part: Int, of whole: Int) -> Double {
        lgamma(Double(whole) + 1) - lgamma(Double(part) + 1) - lgamma(Double(whole - part) + 1)
    }
}
