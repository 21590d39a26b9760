import Foundation

@testable import SealedIntake

/// A decision tree as files on a stick.
struct TestTree {
    /// What each file holds, by name.
    var files: [String: [UInt8]]

    /// SHA-256 of the tree.
    var digest: Digest { Digest(of: files["wegwijzer.tree"] ?? []) }

    /// The tree of this repository as it is built.
    static func repository() throws -> TestTree {
        let folder =
            URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .path + "/tree/"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix(".tree") || $0.hasSuffix(".texts") }
        precondition(names.count >= 2, "intake-admin tree build tree")
        return TestTree(
            files: try names.reduce(into: [:]) { files, name in
                let data = try Data(contentsOf: URL(fileURLWithPath: folder + name))
                files[name] = [UInt8](data)
            }
        )
    }

    /// A small tree of two questions and a rule, whose second answer may have another name.
    init(
        second: String = "ja",
        says words: String = "Gaat het goed?",
        rule: String = "case dieper ernst=hoog\ncase o2"
    ) {
        let texts =
            "sealedintake/v1/texts nl ltr\nanswer.goed.\(second) Ja hoor\n"
            + "answer.goed.nee Nee\nquestion.goed.text \(words)\n"
        let digest = String(decoding: Digest(of: ascii(texts)).hex, as: UTF8.self)
        files = [
            "wegwijzer.nl.texts": ascii(texts),
            "wegwijzer.tree": ascii(
                """
                sealedintake/v1/tree
                from 2026-11-01
                texts nl \(digest)
                question goed one
                answer nee to zeker
                answer \(second) to o1
                rule zeker
                \(rule)
                question dieper one
                answer ja to o2
                outcome o1 settled 0
                outcome o2 help 1
                fact ernst hoog laag

                """
            ),
        ]
    }

    private init(files: [String: [UInt8]]) {
        self.files = files
    }
}
