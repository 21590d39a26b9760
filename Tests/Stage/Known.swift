import SealedIntake

/// What a test's own constants make sure of.
package func known<Value>(_ value: Value?) -> Value {
    guard let value else { preconditionFailure("the test's own constant is wrong") }
    return value
}

/// A day as people write it, YYYY-MM-DD.
package func day(_ text: String) -> Day { known(Day(text: [UInt8](text.utf8))) }
