import Foundation
import SealedIntake

/// Writes roots and a signed directory of many organisations.
///
/// Usage: `MakeDeployment FOLDER` writes the roots, `MakeDeployment FOLDER LINES ORGANISATIONS` the
/// directory they sign; `LINES` is a file with the lines that `intake-server init` printed.
@main
struct MakeDeployment {
    static func main() throws {
        let arguments = CommandLine.arguments
        let folder = URL(filePath: arguments[1])
        let seedFile = folder.appending(path: "root.seed")
        guard arguments.count == 4, let count = Int(arguments[3]) else {
            let seed = SecretBytes.random(32)
            try Data(seed.exposed).write(to: seedFile)
            let roots = "threshold 1\n\(text(root(seed).verifierKey.text))\n"
            try Data(roots.utf8).write(to: folder.appending(path: "roots"))
            return
        }
        let root = root(SecretBytes(copying: [UInt8](try Data(contentsOf: seedFile))))
        let keys = try String(contentsOf: URL(filePath: arguments[2]), encoding: .utf8)
            .split(separator: "\n").map(String.init)
        let directory = lines(keys: keys, count: count).joined(separator: "\n") + "\n"
        try Data(root.note([UInt8](directory.utf8)).bytes).write(
            to: folder.appending(path: "directory.note")
        )
    }

    private static func root(_ seed: borrowing SecretBytes) -> NoteSigner {
        NoteSigner(name: ascii("bench-root"), pair: SigningKeyPair(seed: seed))
    }

    private static func lines(keys: [String], count: Int) -> [String] {
        let today = Day(unixSeconds: UInt64(Date().timeIntervalSince1970))
        let key = text(Base64.encode(SealingKeyPair.random().publicKey.bytes))
        let desk = SigningKeyPair.random().publicKey
        let head =
            [
                "sealedintake/v1/directory", "deployment bench.example", "serial 1",
                "issued \(text(today.text))", "expires \(text(today.adding(30).text))",
            ] + keys + [
                "shards 1", "work 4096", "tree \(text(Digest(of: []).hex))",
            ]
        return (0..<count).reduce(into: head) { lines, number in
            let id = "b\(number + 100)"
            let name = [UInt8]("\(id).bench.example".utf8)
            lines += [
                "organisation \(id) B", "seal 1 \(key) until \(text(today.adding(30).text))",
                "desk \(text(VerifierKey(name: name, key: desk).text))", "batch 1",
                "escalation none",
            ]
        }
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
