import Foundation

/// What libFuzzer calls once before everything else: the reader is chosen by `INTAKE_READER`.
@_cdecl("LLVMFuzzerInitialize")
public func begin(_: UnsafeMutableRawPointer?, _: UnsafeMutableRawPointer?) -> CInt {
    atexit { print("accepted \(Fuzzed.accepted)") }
    return 0
}

/// What libFuzzer calls for every input.
///
/// A trap, a property that does not hold, too much memory and too much time are looked for.
@_cdecl("LLVMFuzzerTestOneInput")
public func run(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
    if Fuzzed.reader.accepts(bytes) { Fuzzed.accepted += 1 }
    return 0
}

/// What is fuzzed in this process, which has one thread.
enum Fuzzed {
    /// How many inputs the reader took for what they must be.
    nonisolated(unsafe) static var accepted = 0

    static let reader: Reader = {
        let name = ProcessInfo.processInfo.environment["INTAKE_READER"] ?? ""
        guard let reader = Reader.all.first(where: { $0.name == name }) else {
            print("no reader \"\(name)\", INTAKE_READER must be one of:")
            for reader in Reader.all { print(reader.name) }
            exit(64)
        }
        return reader
    }()
}
