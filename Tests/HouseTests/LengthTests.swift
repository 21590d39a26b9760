import Testing

/// Files, functions and lines are short enough to be read whole.
struct LengthTests {
    @Test func `files have at most 300 lines`() throws {
        let files = try Project.modules().flatMap(Project.sources)
        try #require(files.count > 500)
        for file in files {
            #expect(file.lineCount <= 300, "\(file.path) has \(file.lineCount) lines")
        }
    }

    /// Of code 100, which the formatter holds; a comment and a text that people read may have more.
    @Test func `lines have at most 120 columns`() throws {
        for file in try Project.modules().flatMap(Project.sources) {
            for (place, line) in file.lines.enumerated() {
                #expect(line.count <= 120, "\(file.path):\(place + 1) has \(line.count)")
            }
        }
    }

    @Test func `functions have at most 44 lines between their braces`() throws {
        var count = 0
        for file in try Project.modules().flatMap(Project.sources) {
            for body in Self.bodies(of: file.lines) {
                count += 1
                #expect(body.count <= 44, "\(file.path):\(body.lowerBound) has \(body.count)")
            }
        }
        #expect(count > 1500)
    }

    @Test func `a body is what stands between the braces`() {
        let lines = [
            "    func one(", "        two: Int", "    ) -> Int {", "        let three = 3", "",
            "        return three", "    }", "    init() {}", "    var four: Int { 4 }",
        ]
        #expect(Self.bodies(of: lines) == [3..<6])
    }

    /// The lines between the braces of functions, which close where their declaration begins.
    private static func bodies(of lines: [String]) -> [Range<Int>] {
        lines.indices.compactMap { start in
            let indent = lines[start].prefix { $0 == " " }
            let words = lines[start].dropFirst(indent.count).split(separator: " ")
            let name = words.first { !modifiers.contains($0) && !$0.hasPrefix("@") } ?? ""
            let begins = ["init(", "init?(", "init<", "subscript", "deinit"]
            guard name == "func" || begins.contains(where: name.hasPrefix) else { return nil }
            guard let opening = lines[start...].firstIndex(where: { $0.hasSuffix("{") }),
                let end = lines[start...].dropFirst().firstIndex(where: {
                    $0.hasPrefix(indent + "}")
                }), opening < end
            else { return nil }
            return (opening + 1)..<end
        }
    }

    private static let modifiers: Set<Substring> = [
        "public", "package", "private", "fileprivate", "static", "mutating", "consuming", "final",
        "override", "convenience", "required", "nonisolated", "borrowing",
    ]
}
