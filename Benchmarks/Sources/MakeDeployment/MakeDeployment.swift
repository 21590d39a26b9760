import Foundation
import SealedIntake

/// Writes roots and a signed directory of many organisations, so that a load of thousands of
/// submissions in an hour asks none of them for work.
///
/// Usage: `MakeDeployment FOLDER LOG_VKEY ORGANISATIONS`. The root key is forgotten.
@main
struct MakeDeployment {
    static func main() throws {
        let arguments = CommandLine.arguments
        let folder = URL(filePath: arguments[1])
        let root = NoteSigner(name: ascii("bench-root"), pair: .random())
        let roots = "threshold 1\n\(text(root.verifierKey.text))\n"
        try roots.write(to: folder.appending(path: "roots"), atomically: true, encoding: .utf8)
        guard arguments.count == 4, let count = Int(arguments[3]) else { return }
        let directory = lines(logKey: arguments[2], count: count).joined(separator: "\n") + "\n"
        let roundTrip = root.note([UInt8](directory.utf8))
        try Data(roundTrip.bytes).write(to: folder.appending(path: "directory.note"))
    }

    private static func lines(logKey: String, count: Int) -> [String] {
        let today = Day(unixSeconds: UInt64(Date().timeIntervalSince1970))
        let key = text(Base64.encode(SealingKeyPair.random().publicKey.bytes))
        let desk = SigningKeyPair.random().publicKey
        let head = [
            "sealedintake/v1/directory", "deployment bench.example", "serial 1",
            "issued \(text(today.text))", "expires \(text(today.adding(30).text))",
            "log \(logKey)", "shards 1", "tree \(text(Digest(of: []).hex))",
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
