import HTTPTypes
import Hummingbird
import NIOCore

/// A refusal as `application/problem+json` (RFC 9457): nothing about the caller, nothing of what
/// was sent.
struct Problem {
    static let contentType = "application/problem+json"

    /// The status.
    let status: HTTPResponse.Status
    /// What was found, then what must be.
    let title: String
    /// After how many seconds the same may succeed.
    var retryAfterSeconds: UInt64?
    /// What a stamp of this hour is asked.
    var tries: UInt16?
    /// Which methods the place has.
    var allow: String?
    /// Whether nothing more is read from the connection.
    var closes = false

    /// The JSON; titles are our own words and need no escaping but of the quote.
    var json: String {
        let more = tries.map { ",\"tries\":\($0)" } ?? ""
        let title = title.replacing("\"", with: "\\\"")
        return
            "{\"type\":\"about:blank\",\"title\":\"\(title)\",\"status\":\(status.code)\(more)}\n"
    }

    /// The response.
    var response: Response {
        var headers: HTTPFields = [.contentType: Self.contentType]
        if let retryAfterSeconds { headers[.retryAfter] = String(retryAfterSeconds) }
        if let allow { headers[.allow] = allow }
        if closes { headers[.connection] = "close" }
        let body = ResponseBody(byteBuffer: ByteBuffer(string: json))
        return Response(status: status, headers: headers, body: body)
    }
}
