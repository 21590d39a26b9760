@testable import SealedIntake

/// Three root keys, of which two must sign.
final class TestRoots: Sendable {
    let one = NoteSigner(name: ascii("one.roots"), pair: .random())
    let two = NoteSigner(name: ascii("two.roots"), pair: .random())
    let three = NoteSigner(name: ascii("three.roots"), pair: .random())

    var file: [UInt8] {
        [one.verifierKey, two.verifierKey, three.verifierKey]
            .reduce(into: ascii("threshold 2\n")) { $0 += $1.text + [0x0A] }
    }

    /// A note of a directory text, signed by two.
    func sign(_ text: [UInt8]) -> SignedNote { two.signing(one.note(text)) }
}
