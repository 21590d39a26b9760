import Foundation

@testable import SealedIntake

extension Reader {
    /// The decision tree and what it says.
    static let trees = [
        Reader(name: "tree") { bytes in
            guard let tree = try? DecisionTree(bytes: bytes) else { return false }
            for choice in 0..<3 { walk(tree, choice) }
            return true
        },
        Reader(name: "texts") { bytes in
            guard let read = try? TreeTexts(bytes: bytes) else { return false }
            let direction = read.isRightToLeft ? " rtl\n" : " ltr\n"
            let head = [UInt8]("sealedintake/v1/texts ".utf8) + read.language + direction.utf8
            let whole = read.lines.reduce(into: head) { $0 += $1.key + [0x20] + $1.text + [0x0A] }
            require(whole == bytes, "a file of texts has one spelling")
            for line in read.lines { require(read[line.key] == line.text, "a text is found") }
            return true
        },
        Reader(name: "answers") { bytes in
            guard let read = Answer.list(bytes) else { return false }
            require(Answer.text(read) == bytes, "answers have one spelling")
            guard let tree = realTree else { return true }
            guard let ordered = try? tree.ordered(read) else { return true }
            _ = try? tree.walk(ordered, on: .last)
            return true
        },
    ]

    /// Answers whatever is asked until nothing is.
    private static func walk(_ tree: DecisionTree, _ choice: Int) {
        var answers: [Answer] = []
        for _ in tree.nodes.indices {
            guard let walk = try? tree.walk(answers, on: tree.validFrom) else { return }
            guard let open = walk.open else { return }
            let node = tree.nodes[open]
            let answer = node.answers[choice % node.answers.count]
            answers.append(Answer(question: node.id, answer: answer.id))
        }
    }

    private static let realTree = (try? Data(contentsOf: URL(filePath: "tree/wegwijzer.tree")))
        .flatMap { try? DecisionTree(bytes: [UInt8]($0)) }

    /// A seed of that name, where the seeds lie.
    static func seededText(_ name: String) -> [UInt8]? {
        let folder = ProcessInfo.processInfo.environment["INTAKE_SEEDS"] ?? ""
        return (try? Data(contentsOf: URL(filePath: "\(folder)/\(name)/0"))).map { [UInt8]($0) }
    }
}
