import HTTPTypes
import Hummingbird
import IntakeStore

/// Finds what a request asks for; there are no parameters, sessions, cookies or redirects.
struct IntakeResponder: HTTPResponder {
    typealias Context = IntakeContext

    private let site: Site
    private let envelopes: EnvelopesEndpoint

    init(site: Site, envelopes: EnvelopesEndpoint) {
        self.site = site
        self.envelopes = envelopes
    }

    func respond(to request: Request, context: IntakeContext) async throws -> Response {
        let path = String((request.head.path ?? "").prefix { $0 != "?" })
        guard path != EnvelopesEndpoint.path else {
            guard request.method == .post else { return Self.wrongMethod("POST") }
            return try await envelopes.respond(to: request)
        }
        do throws(StoreError) {
            guard let resource = try site.resource(at: path) else { return Self.nothing }
            guard request.method == .get || request.method == .head else {
                return Self.wrongMethod("GET, HEAD")
            }
            return resource.response(to: request)
        } catch {
            return Self.unreadable
        }
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
