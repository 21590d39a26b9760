/// The interface as OpenAPI 3.1, written by hand: exactly what this server serves.
enum OpenAPI {
    /// The document of `GET /v1/openapi.json` where these files are served, by their media types.
    static func document(of files: [String: String]) -> String {
        let fixed = files.sorted { $0.key < $1.key }.map { path, contentType in
            lookUp(path, name(of: path), summary(of: path), contentType, isAlways: true)
        }
        return """
            {
              "openapi": "3.1.0",
              "info": {
                "title": "SealedIntake",
                "version": "1",
                "description": "Sealed reports in, sealed replies out. Every answer to a look-up \
            is the same bytes for everybody; nothing about callers is kept.",
                "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}
              },
              "servers": [{"url": "/"}],
              "paths": {
                \((fixed + lookUps + [health]).joined(separator: ",\n    ")),
                \(submission)
              },
              "components": {
                "schemas": {\(problemSchema)},
                "responses": {\(responses)}
              }
            }

            """
    }

    private static func name(of path: String) -> String {
        let words = path.split { !$0.isLetter && !$0.isNumber }
        return words.isEmpty ? "page" : words.joined(separator: "-")
    }

    private static func summary(of path: String) -> String {
        switch path {
        case "/v1/tree": "The canonical decision tree file."
        case _ where path.hasPrefix("/assets/"): "What the page fetches."
        case _ where path.hasPrefix("/scholen"): "The page for schools and what it offers."
        case _ where path.hasPrefix("/.well-known/"): "The security contact (RFC 9116)."
        case _ where path.hasSuffix("helpdesk"): "The tree for a helpdesk."
        case _ where AboutPage.names.contains { path.hasSuffix("/" + $0) }: "About the site."
        default: "The page."
        }
    }

    private static let lookUps = [
        lookUp("/v1/directory", "directory", "The signed list of organisations and keys.", text),
        lookUp(
            "/v1/challenge",
            "challenge",
            "The hour, what is closed, the challenge of a stamp, the work each organisation asks.",
            binary
        ),
        lookUp(
            "/v1/log/checkpoint",
            "checkpoints",
            "The newest checkpoint, then the newest cosigned by each organisation.",
            binary
        ),
        lookUp(
            "/v1/log/{month}",
            "month",
            "The log's leaves of one month, with the subtree roots before them.",
            binary,
            parameter("month", "^[0-9]{4}-(0[1-9]|1[0-2])$", "YYYY-MM", example: "2020-02")
        ),
        lookUp(
            "/v1/drop/{shard}",
            "drop",
            "A shard of the sealed replies; all shards have one length.",
            binary,
            parameter("shard", "^[0-9]{3}$", "below the directory's number of shards")
        ),
        lookUp(
            "/v1/openapi.json",
            "openapi",
            "This document.",
            "application/json",
            isAlways: true
        ),
    ]

    private static let health: String = {
        let found = "\"content\": {\"application/json\": {}}"
        let responses = """
            {"200": {"description": "Reports are taken and reach the desks.", \(found)}, \
            "400": \(reference("Refused")), "417": \(reference("Refused")), \
            "503": {"description": "They are not, and why.", \(found)}}
            """
        let get = """
            "operationId": "health", "summary": "Whether reports are taken and reach the desks.", \
            "responses": \(responses)
            """
        let head = "\"operationId\": \"health-head\", \"responses\": \(responses)"
        return "\"\(HealthEndpoint.path)\": {\"get\": {\(get)}, \"head\": {\(head)}}"
    }()

    private static let text = "text/plain; charset=utf-8"
    private static let binary = "application/octet-stream"

    /// A place that is read; one that is not always there may be 404, or 503 with the store.
    private static func lookUp(
        _ path: String,
        _ name: String,
        _ summary: String,
        _ contentType: String,
        _ parameter: String? = nil,
        isAlways: Bool = false
    ) -> String {
        let parameters = parameter.map { "\"parameters\": [\($0)], " } ?? ""
        let refused = isAlways ? ["400", "417"] : ["400", "404", "417"]
        let more =
            refused.map { "\"\($0)\": \(reference("Refused"))" }
            + (isAlways ? [] : ["\"503\": \(reference("Later"))"])
        let found = """
            {"description": "\(summary)", "content": {"\(contentType)": {}}}
            """
        let responses = "{\"200\": \(found), \(more.joined(separator: ", "))}"
        let get = """
            "operationId": "\(name)", "summary": "\(summary)", "responses": \(responses)
            """
        // HEAD has all of it but the content.
        let head = "\"operationId\": \"\(name)-head\", \"responses\": \(responses)"
        return "\"\(path)\": {\(parameters)\"get\": {\(get)}, \"head\": {\(head)}}"
    }

    private static func parameter(
        _ name: String,
        _ pattern: String,
        _ description: String,
        example: String? = nil
    ) -> String {
        let shown = example.map { ", \"example\": \"\($0)\"" } ?? ""
        return """
            {"name": "\(name)", "in": "path", "required": true, "description": "\(description)", \
            "schema": {"type": "string", "pattern": "\(pattern)"}\(shown)}
            """
    }

    private static func reference(_ name: String) -> String {
        "{\"$ref\": \"#/components/responses/\(name)\"}"
    }

    private static let submission = """
        "/v1/envelopes": {"post": {
              "operationId": "submit",
              "summary": "Take one submission and answer with the signed promise.",
              "description": "The same bytes twice are one report. Checked in this order: \
        length, format and organisation, class, tag, stamp, disk.",
              "requestBody": {"required": true, "content": {"\(binary)": {"schema": \
        {"description": "SIF1, 16,476 or 1,048,668 bytes"}}}},
              "responses": {
                "201": {"description": "Durably stored, now or before. The promise: a signed \
        note.", "content": {"\(text)": {}}},
                "400": \(reference("Refused")),
                "413": \(reference("Refused")),
                "417": \(reference("Refused")),
                "422": \(reference("Refused")),
                "428": \(reference("Refused")),
                "503": \(reference("Later"))
              }
            }}
        """

    private static let refusal = """
        "content": {"application/problem+json": {"schema": \
        {"$ref": "#/components/schemas/Problem"}}}
        """

    private static let responses = """
        "Refused": {"description": "A refusal: what was found, then what must be.", \(refusal)}, \
        "Later": {"description": "Not now.", "headers": {"Retry-After": \
        {"required": true, "schema": {"type": "integer"}}}, \(refusal)}
        """

    private static let problemSchema = """
        "Problem": {"type": "object", "required": ["type", "title", "status"], "properties": \
        {"type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"}, \
        "tries": {"type": "integer", "description": "what a stamp of this hour is asked"}}}
        """
}
