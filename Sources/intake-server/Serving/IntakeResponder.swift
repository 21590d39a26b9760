import HTTPTypes
import Hummingbird
import IntakeStore

/// Finds what a request asks for; there are no parameters, sessions, cookies or redirects.
struct IntakeResponder: HTTPResponder {
    typealias Context = IntakeContext

    private let site: Site
    private let envelopes: EnvelopesEndpoint
    private let health: HealthEndpoint

    init(site: Site, envelopes: EnvelopesEndpoint, health: HealthEndpoint) {
        self.site = site
        self.envelopes = envelopes
        self.health = health
    }

    func respond(to request: Request, context: IntakeContext) async throws -> Response {
        let response = try await answer(to: request)
        guard request.method == .head else { return response }
        // A byte behind the head of such an answer would be taken for the next one.
        var headers = response.headers
        if let count = response.body.contentLength, headers[.contentLength] == nil {
            headers[.contentLength] = String(count)
        }
        return Response(status: response.status, headers: headers)
    }

    private func answer(to request: Request) async throws -> Response {
        if let refusal = Self.refusal(of: request.head) { return refusal }
        let path = String((request.head.path ?? "").prefix { $0 != "?" })
        guard path != EnvelopesEndpoint.path else {
            guard request.method == .post else { return Self.wrongMethod("POST") }
            return try await envelopes.respond(to: request)
        }
        if path == HealthEndpoint.path {
            let isRead = request.method == .get || request.method == .head
            return isRead ? health.response : Self.wrongMethod("GET, HEAD")
        }
        do {
            guard let resource = try site.resource(at: path) else { return Self.nothing }
            guard request.method == .get || request.method == .head else {
                return Self.wrongMethod("GET, HEAD")
            }
            return resource.response(to: request)
        } catch {
            return Self.unreadable
        }
    }

    /// What HTTP/1.1 asks of every request: one `Host` (RFC 9112, section 3.2), and no expectation
    /// that is not understood.
    private static func refusal(of head: HTTPRequest) -> Response? {
        // The first Host became the authority.
        guard head.authority != nil,
            !head.headerFields.contains(where: { $0.name.canonicalName == "host" })
        else {
            let title = "the request has no Host or several, it must have one"
            return Problem(status: .badRequest, title: title, closes: true).response
        }
        if case .unknown = Expectation(of: head) {
            let title = "the request expects what is not understood, it must be 100-continue"
            return Problem(status: .expectationFailed, title: title, closes: true).response
        }
        return nil
    }

    private static var nothing: Response {
        Problem(status: .notFound, title: "nothing lies here").response
    }

    private static var unreadable: Response {
        let title = "the store cannot be read, it must be looked after"
        return Problem(status: .serviceUnavailable, title: title, retryAfterSeconds: 60).response
    }

    private static func wrongMethod(_ allow: String) -> Response {
        let title = "the method does not fit the place, it must be \(allow)"
        return Problem(status: .methodNotAllowed, title: title, allow: allow).response
    }
}
