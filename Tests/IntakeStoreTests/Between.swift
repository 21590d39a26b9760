import Synchronization
import Testing

/// A value that closures on any thread change.
final class Kept<Value: Sendable>: Sendable {
    private let held: Mutex<Value>

    init(_ value: Value) { held = Mutex(value) }

    var value: Value { held.withLock { $0 } }

    func change(_ change: (inout sending Value) -> Void) { held.withLock { change(&$0) } }
}

/// What happens after each piece of a close.
final class Between: Sendable {
    private let action = Kept<(@Sendable () throws -> Void)?>(nil)

    func set(_ action: (@Sendable () throws -> Void)?) { self.action.change { $0 = action } }

    /// After the second piece alone: what the close takes is chosen by then.
    func doOnce(_ action: @escaping @Sendable () throws -> Void) {
        let count = Kept(0)
        set {
            count.change { $0 += 1 }
            if count.value == 2 { try action() }
        }
    }

    func run() {
        #expect(throws: Never.self) { try action.value?() }
    }
}
