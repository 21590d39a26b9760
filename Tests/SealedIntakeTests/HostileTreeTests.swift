import SealedIntake
import Testing

/// Tree files that somebody bent: each is refused or read, and what is read can be walked.
///
/// A reader or a walk that stops the program fails the whole run.
struct HostileTreeTests {
    static let bytes = [UInt8](DecisionTreeTests.text.utf8)

    private let day = Day(text: ascii("2026-12-01")) ?? .last

    /// Reads a file and, where it is one, walks it in several ways; whether it was read.
    @discardableResult
    private func survives(_ bytes: [UInt8]) throws -> Bool {
        guard let tree = try? DecisionTree(bytes: bytes) else { return false }
        try #require(tree.digest == Digest(of: bytes))
        var walks = RandomWalks(over: tree, seed: UInt64(bytes.count))
        let answers = walks.next()
        let walk = try tree.walk(answers, on: day)
        try #require(walk.isComplete)
        try #require(walk.entries.allSatisfy { tree.entries.indices.contains($0) })
        _ = try? tree.walk([answers[0], answers[0]], on: day)
        _ = try? tree.walk([answers[answers.count - 1]], on: day)
        for contact in tree.organisations.flatMap(\.contacts) {
            try #require(contact.value.allSatisfy { 0x20 <= $0 && $0 <= 0x7E })
        }
        return true
    }

    private func lines(of bytes: [UInt8]) -> [[UInt8]] {
        bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast().map(Array.init)
    }

    private func file(_ lines: [[UInt8]]) -> [UInt8] { lines.flatMap { $0 + [0x0A] } }

    /// What is put in a byte's place: a bit turned, the marks of the form, and what no text has.
    @Test(arguments: [nil, 0, 0x0A, 0x20, 0x21, 0x3D, 0xFF] as [UInt8?])
    func `every byte changed`(other: UInt8?) throws {
        var read = 0
        for place in Self.bytes.indices {
            var bent = Self.bytes
            bent[place] = other ?? bent[place] ^ 1
            if try survives(bent) { read += 1 }
        }
        #expect(read < Self.bytes.count / 2)
    }

    @Test func `every byte left out`() throws {
        for place in Self.bytes.indices {
            var bent = Self.bytes
            bent.remove(at: place)
            try survives(bent)
        }
    }

    @Test func `every line left out, doubled, moved and cut at each word`() throws {
        let lines = lines(of: Self.bytes)
        try #require(file(lines) == Self.bytes)
        for (place, line) in lines.enumerated() {
            var bent = lines
            bent.remove(at: place)
            try survives(file(bent))
            bent.append(line)
            try survives(file(bent))
            bent = lines
            bent.insert(line, at: place)
            try survives(file(bent))
            let words = line.split(separator: 0x20)
            for count in words.indices {
                bent[place] = [UInt8](words[..<count].joined(separator: [0x20]))
                try survives(file(bent))
                bent[place] = [UInt8](words[count...].joined(separator: [0x20]))
                try survives(file(bent))
            }
        }
    }

    @Test func `lines of the real tree left out and doubled`() throws {
        let wegwijzer = try Wegwijzer()
        let lines = lines(of: wegwijzer.bytes)
        try #require(try survives(file(lines)))
        for place in stride(from: 0, to: lines.count, by: 37) {
            var bent = lines
            bent.remove(at: place)
            try survives(file(bent))
            bent.insert(lines[place], at: place)
            bent.insert(lines[place], at: place)
            let isRead = try survives(file(bent))
            let words = lines[place].split(separator: 0x20).map {
                String(decoding: $0, as: UTF8.self)
            }
            // The last case of a rule has no condition, and it alone.
            let mayStandTwice =
                ["source", "when", "contact"].contains(words[0])
                || words[0] == "case" && words.count > 2
            #expect(isRead == mayStandTwice, "\(words)")
        }
    }

    @Test func `files that are too much, or nothing`() throws {
        let head = [[UInt8]](lines(of: Self.bytes)[..<4])
        func question(answers: Int) -> [UInt8] {
            let numbered = (0..<answers).map { "answer a\($0) to o01" }
            let lines = ["question viel many"] + numbered + ["outcome o01 danger 0"]
            return file(head + lines.map { [UInt8]($0.utf8) })
        }
        #expect(try DecisionTree(bytes: question(answers: 64)).nodes[0].answers.count == 64)
        #expect(throws: DecisionTreeError.badLine(70)) {
            _ = try DecisionTree(bytes: question(answers: 65))
        }
        for nothing in [
            [], [0x0A], [0x20], [UInt8](repeating: 0x0A, count: 10_000),
            [UInt8](repeating: 0x61, count: 100_000), [UInt8](repeating: 0xFF, count: 10_000),
            file(head.dropLast() + [ascii("texts ") + [UInt8](repeating: 0x61, count: 100_000)]),
        ] { #expect(try !survives(nothing)) }
    }
}
