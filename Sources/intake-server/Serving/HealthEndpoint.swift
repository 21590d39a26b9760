import HTTPTypes
import Hummingbird
import NIOCore

/// `GET /v1/health`: 200 where reports are taken and reach the desks, else 503; in either case why,
/// in words for a program.
///
/// Nothing in it is about a visitor, nor finer than what any visitor sees.
/// - SeeAlso: `docs/spec/http.md`.
struct HealthEndpoint: Sendable {
    static let path = "/v1/health"

    let board: HealthBoard

    /// What is wrong now, each word once.
    var response: Response {
        let findings = board.findings
        let failing = Self.words(findings.filter(\.isFailing))
        let warnings = Self.words(findings.filter { !$0.isFailing })
        let status = failing.isEmpty ? "ok" : "failing"
        let json = """
            {"status":"\(status)","failing":[\(failing)],"warnings":[\(warnings)]}

            """
        return Response(
            status: failing.isEmpty ? .ok : .serviceUnavailable,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: json))
        )
    }

    private static func words(_ findings: [Finding]) -> String {
        Finding.Word.allCases.filter { word in findings.contains { $0.word == word } }
            .map { "\"\($0.rawValue)\"" }
            .joined(separator: ",")
    }
}
