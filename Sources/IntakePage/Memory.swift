#if arch(wasm32)

import SealedIntake

/// The memory through which JavaScript and this instance speak.
///
/// A browser runs an instance in one worker, one call at a time: nothing here is ever shared.
enum Memory {
    nonisolated(unsafe) private static var input = Buffer()
    nonisolated(unsafe) private static var output = Buffer()

    /// Room for the parts of the next operation; what stood in both buffers is overwritten.
    static func makeInput(_ count: Int) -> UnsafeMutablePointer<UInt8> {
        wipe()
        input.resize(count)
        return input.start
    }

    /// Where the parts of the last operation stand.
    static var outputStart: UnsafeMutablePointer<UInt8> { output.start }

    /// How many bytes of parts the last operation said.
    static var outputCount: Int { output.count }

    /// Runs an operation on the parts of the input.
    static func run(parts count: Int, _ operation: ([[UInt8]]) -> Outcome) -> Int32 {
        let parts = Parts.read(input.bytes, count: count)
        wipe()
        let outcome = parts.map(operation) ?? .misused
        let said = Parts.write(outcome.parts)
        output.resize(said.count)
        output.start.update(from: said, count: said.count)
        return outcome.status
    }

    /// Overwrites both buffers.
    static func wipe() {
        input.wipe()
        output.wipe()
    }
}

/// Bytes that are read and written from outside; the room only grows.
private struct Buffer {
    private(set) var start = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
    private(set) var count = 0
    private var capacity = 1

    var bytes: [UInt8] { [UInt8](UnsafeBufferPointer(start: start, count: count)) }

    mutating func wipe() {
        start.update(repeating: 0, count: count)
        count = 0
    }

    mutating func resize(_ count: Int) {
        precondition(self.count == 0, "wiped before it is used again")
        if count > capacity {
            start.deallocate()
            start = UnsafeMutablePointer<UInt8>.allocate(capacity: count)
            capacity = count
        }
        start.update(repeating: 0, count: count)
        self.count = count
    }
}

#endif
