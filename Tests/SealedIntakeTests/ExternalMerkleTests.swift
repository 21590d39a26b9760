import Foundation
import Testing

@testable import SealedIntake

/// The proofs of transparency-dev/merkle, where they lie beside the project.
@Suite(.enabled(if: VectorFile.hasExternal, "no external vectors beside the project"))
struct ExternalMerkleTests {
    /// An earlier size of 0 is refused, in the vectors and here.
    @Test func `consistency verdicts are those of transparency-dev`() throws {
        for vector in try Self.cases("consistency") {
            let older = try Self.number(vector, "size1")
            let newer = try Self.number(vector, "size2")
            let verdict = Result {
                try MerkleProof.verifyConsistency(
                    olderSize: older,
                    olderRoot: try Self.digest(vector.values["root1"]),
                    newerSize: newer,
                    newerRoot: try Self.digest(vector.values["root2"]),
                    proof: try Self.proof(vector)
                )
            }
            try Self.expect(verdict, vector)
            if older == 0 {
                #expect(throws: MerkleProofError.emptyTree) { try verdict.get() }
            }
        }
    }

    @Test func `inclusion verdicts are those of transparency-dev`() throws {
        for vector in try Self.cases("inclusion") {
            let verdict = Result {
                try MerkleProof.verifyInclusion(
                    of: try Self.digest(vector.values["leafHash"], as: "leaf"),
                    index: try Self.number(vector, "leafIdx"),
                    size: try Self.number(vector, "treeSize"),
                    root: try Self.digest(vector.values["root"]),
                    proof: try Self.proof(vector)
                )
            }
            try Self.expect(verdict, vector)
        }
    }

    private static func expect(
        _ verdict: Result<Void, any Error>,
        _ vector: VectorFile.Case
    ) throws {
        let wantsError = try #require(vector.values["wantErr"] as? Bool)
        switch verdict {
        case .success: #expect(!wantsError, "\(vector.values)")
        case .failure(let error):
            #expect(wantsError, "\(vector.values)")
            #expect(error is MerkleProofError, "\(vector.values)")
        }
    }

    /// All files of a folder and the folders in it, as many as the project says it has.
    private static func cases(_ name: String) throws -> [VectorFile.Case] {
        let folder = VectorFile.externalFolder.appending(path: "merkle/\(name)")
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".json") }
        try #require(paths.count >= 98)
        return try paths.sorted().map { path in
            let data = try Data(contentsOf: folder.appending(path: path))
            let object = try JSONSerialization.jsonObject(with: data)
            return VectorFile.Case(values: try #require(object as? [String: Any]))
        }
    }

    private static func number(_ vector: VectorFile.Case, _ name: String) throws -> UInt64 {
        try #require(vector.values[name] as? NSNumber).uint64Value
    }

    /// What is no digest is stood in for by one of its own: here only digests can be asked about.
    private static func digest(_ value: Any?, as role: StaticString = "root") throws -> Digest {
        let bytes = try #require(Data(base64Encoded: value as? String ?? "")).map { $0 }
        return Digest(bytes: bytes) ?? Digest(of: ascii(role) + bytes)
    }

    private static func proof(_ vector: VectorFile.Case) throws -> [Digest] {
        try (vector.values["proof"] as? [String] ?? []).map { try digest($0) }
    }
}
