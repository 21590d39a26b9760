import SealedIntake

/// Three root keys, of which so many must sign.
package final class PaperRoots: Sendable {
    package let one = NoteSigner(name: ascii("one.roots"), pair: .random())
    package let two = NoteSigner(name: ascii("two.roots"), pair: .random())
    package let three = NoteSigner(name: ascii("three.roots"), pair: .random())
    private let threshold: Int

    package init(threshold: Int = 1) {
        precondition((1...2).contains(threshold))
        self.threshold = threshold
    }

    /// The file that names them.
    package var file: [UInt8] { file(threshold: threshold) }

    /// The same three keys, of which another number must sign.
    package func file(threshold: Int) -> [UInt8] {
        [one.verifierKey, two.verifierKey, three.verifierKey]
            .reduce(into: [UInt8]("threshold \(threshold)\n".utf8)) { $0 += $1.text + [0x0A] }
    }

    /// The text of a directory, signed by as many as must.
    package func sign(_ text: [UInt8]) -> SignedNote {
        let note = one.note(text)
        return threshold == 1 ? note : two.signing(note)
    }
}
