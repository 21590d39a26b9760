import Testing

/// One refusal: whatever of ours throws says what was found in one clause, and ends in `Error`.
struct RefusalTests {
    /// A declaration of a type in a line of code: its name, and what it conforms to.
    private struct Declared {
        let name: String
        let conformances: [String]

        init?(_ line: Substring) {
            let parts = line.split(separator: ":", maxSplits: 1)
            let words = parts[0].split(whereSeparator: { " {".contains($0) }).map(String.init)
            let kinds = ["struct", "enum", "class", "extension"]
            guard let place = words.firstIndex(where: kinds.contains), place + 1 < words.count,
                words.prefix(place).allSatisfy(Self.modifiers.contains)
            else { return nil }
            name = words[place + 1]
            let others =
                parts.count > 1 ? parts[1].split(whereSeparator: { ",{ ".contains($0) }) : []
            conformances = others.map(String.init)
        }

        private static let modifiers = [
            "public", "package", "private", "fileprivate", "internal", "final", "indirect",
            "@frozen",
        ]
    }

    @Test(arguments: try Project.modules().filter { $0 != "IntakePage" })
    func `what is thrown is a refusal, and its name says so`(module: String) throws {
        for file in try Project.sources(of: module) {
            for line in file.code.split(separator: "\n") {
                guard let declared = Declared(line) else { continue }
                let isRefusal = declared.conformances.contains("Refusal")
                #expect(
                    !declared.conformances.contains("Error"),
                    "\(file.path): \(declared.name) is no refusal"
                )
                #expect(
                    !isRefusal || declared.name.hasSuffix("Error"),
                    "\(file.path): \(declared.name) does not end in Error"
                )
            }
        }
    }

    @Test func `there are as many refusals as the house has`() throws {
        let lines = try Project.modules().flatMap(Project.sources).flatMap {
            $0.code.split(separator: "\n").compactMap(Declared.init)
        }
        let refusals = lines.filter {
            $0.conformances.contains("Refusal") || $0.conformances.contains("SeveralRefusals")
        }
        #expect(refusals.count >= 40)
        #expect(refusals.allSatisfy { $0.name.hasSuffix("Error") })
    }

    @Test func `declarations are read`() {
        #expect(Declared("public enum OneError: Refusal {")?.conformances == ["Refusal"])
        #expect(
            Declared("    struct Two: Error, Equatable {")?.conformances == ["Error", "Equatable"]
        )
        #expect(Declared("extension Three: Error {}")?.name == "Three")
        #expect(Declared("let enum = 3") == nil)
        #expect(Declared("public protocol Refusal: Error {") == nil)
    }
}
