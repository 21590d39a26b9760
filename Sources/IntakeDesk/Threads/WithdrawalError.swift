import SealedIntake

/// Why a reply cannot be withdrawn.
public enum WithdrawalError: Refusal {
    /// The thread has no reply of that number, as `show` counts.
    case noSuchReply(Int)
    /// It is to be withdrawn already.
    case askedBefore(Int)
    /// It was withdrawn.
    case doneBefore(Int)
    /// It left the drop by itself.
    case gone(Int, days: UInt32)

    /// What was found, then what must be.
    public var clause: String {
        switch self {
        case .noSuchReply(let number):
            "this thread has no reply \(number), it must be a number that show prints"
        case .askedBefore(let number):
            "reply \(number) is withdrawn already, the next export takes that along"
        case .doneBefore(let number): "reply \(number) was withdrawn before, it is gone"
        case .gone(let number, let days):
            "reply \(number) left the page by itself after \(days) days, there is nothing to take "
                + "back"
        }
    }
}
