import Foundation
import Testing

@testable import SealedIntake

/// A file of test vectors; one that is missing or holds no case fails the test that asks for it.
struct VectorFile {
    /// One case, by the names of its file.
    struct Case {
        let values: [String: Any]

        var comment: String { values["comment"] as? String ?? "" }

        var isRefused: Bool { values["refused"] != nil }

        func has(_ name: String) -> Bool { values[name] != nil }

        func text(_ name: String) throws -> [UInt8] {
            [UInt8](try #require(values[name] as? String).utf8)
        }

        func hex(_ name: String) throws -> [UInt8] {
            try #require(Hex.decode(try text(name)))
        }

        func number(_ name: String) throws -> Int {
            try #require(values[name] as? Int)
        }

        func numberList(_ name: String) throws -> [UInt64] {
            let list = try #require(values[name] as? [NSNumber])
            return list.map { $0.uint64Value }
        }

        func textList(_ name: String) throws -> [[UInt8]] {
            try #require(values[name] as? [String]).map { [UInt8]($0.utf8) }
        }

        func flag(_ name: String) throws -> Bool {
            try #require(values[name] as? Bool)
        }

        func hexList(_ name: String) throws -> [[UInt8]] {
            let list = try #require(values[name] as? [String])
            return try list.map { try #require(Hex.decode([UInt8]($0.utf8))) }
        }
    }

    let cases: [Case]

    /// The vectors that belong to the project.
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Vectors")

    /// Vectors of other projects, where they lie beside this one.
    static let externalFolder = folder.appending(path: "../../../shared/external-vectors")
        .standardizedFileURL

    static var hasExternal: Bool {
        FileManager.default.fileExists(atPath: externalFolder.path)
    }

    init(_ name: String) throws {
        let data = try Data(contentsOf: Self.folder.appending(path: name))
        let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        let cases = try #require(object?["cases"] as? [[String: Any]])
        try #require(!cases.isEmpty)
        self.cases = cases.map(Case.init)
    }

    /// The cases of a Wycheproof file with what their group says.
    static func wycheproof(_ name: String) throws -> [(group: Case, test: Case)] {
        let url = externalFolder.appending(path: "wycheproof/\(name)_test.json")
        let object =
            try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any]
        let groups = try #require(object?["testGroups"] as? [[String: Any]])
        let all = groups.flatMap { group in
            (group["tests"] as? [[String: Any]] ?? []).map {
                (group: Case(values: group), test: Case(values: $0))
            }
        }
        try #require(!all.isEmpty)
        return all
    }

    /// Whole bytes of a file beside the vectors.
    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appending(path: name)))
    }
}
