import HTTPTypes
import Hummingbird
import NIOCore

/// Something that is served as it is, the same bytes for everybody.
struct Resource: Sendable {
    static let binary = "application/octet-stream"
    static let plainText = "text/plain; charset=utf-8"

    /// How bytes may be compressed, by its name in HTTP.
    enum Coding: String {
        /// Brotli (RFC 7932).
        case brotli = "br"
        /// Gzip (RFC 1952).
        case gzip
    }

    /// Its media type.
    let contentType: String
    private let bytes: ByteBuffer
    /// What is read while it is sent, in place of the bytes.
    private var parts: SentParts?
    /// The compressed forms, the one that is preferred first.
    private var forms: [(coding: Coding, bytes: ByteBuffer)] = []
    private var policy: String?

    init(_ contentType: String, _ bytes: ByteBuffer) {
        self.contentType = contentType
        self.bytes = bytes
    }

    init(_ contentType: String, _ bytes: [UInt8]) {
        self.init(contentType, ByteBuffer(bytes: bytes))
    }

    /// A file that is read part by part while it is sent.
    init(_ contentType: String, _ file: some SentParts) {
        self.init(contentType, ByteBuffer())
        parts = file
    }

    /// The same with a compressed form beside it, for who does not take an earlier one.
    func compressed(_ coding: Coding, as bytes: ByteBuffer) -> Resource {
        var resource = self
        resource.forms.append((coding, bytes))
        return resource
    }

    /// The same under a content security policy of its own.
    func under(policy: String) -> Resource {
        var resource = self
        resource.policy = policy
        return resource
    }

    /// The answer to a GET or HEAD.
    func response(to request: Request) -> Response {
        var headers: HTTPFields = [.contentType: contentType]
        var body = bytes
        if !forms.isEmpty { headers[.vary] = "Accept-Encoding" }
        if let form = forms.first(where: { Self.accepts($0.coding, request) }) {
            headers[.contentEncoding] = form.coding.rawValue
            body = form.bytes
        }
        if let policy { headers[.contentSecurityPolicy] = policy }
        headers[.contentLength] = String(parts?.count ?? body.readableBytes)
        guard request.method != .head else { return Response(status: .ok, headers: headers) }
        if let parts { return Response(status: .ok, headers: headers, body: parts.body) }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
    }

    /// Whether a coding is among what the client accepts, and not with weight 0.
    private static func accepts(_ wanted: Coding, _ request: Request) -> Bool {
        let codings = (request.headers[.acceptEncoding] ?? "").lowercased().split(separator: ",")
        return codings.contains { coding in
            let parts = coding.split(separator: ";").map { $0.filter { $0 != " " } }
            guard parts.first == wanted.rawValue else { return false }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }?.dropFirst(2)
            return weight.flatMap { Double($0) } != 0
        }
    }
}
