/// The interface as OpenAPI 3.1, written by hand.
enum OpenAPI {
    /// The document of `GET /v1/openapi.json`.
    static let document = """
        {
          "openapi": "3.1.0",
          "info": {
            "title": "SealedIntake",
            "version": "1",
            "description": "Sealed reports in, sealed replies out. Every answer to a look-up is \
        the same bytes for everybody; nothing about callers is kept.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}
          },
          "servers": [{"url": "/"}],
          "paths": {
            \(lookUps.joined(separator: ",\n    ")),
            \(submission)
          },
          "components": {
            "schemas": {\(problemSchema)},
            "responses": {\(responses)}
          }
        }

        """

    private static let lookUps = [
        lookUp("/v1/directory", "directory", "The signed list of organisations and keys.", text),
        lookUp("/v1/tree", "tree", "The canonical decision tree file.", text),
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
            parameter("month", "^[0-9]{4}-(0[1-9]|1[0-2])$", "YYYY-MM")
        ),
        lookUp(
            "/v1/drop/{shard}",
            "drop",
            "A shard of the sealed replies; all shards have one length.",
            binary,
            parameter("shard", "^[0-9]{3}$", "below the directory's number of shards")
        ),
        lookUp("/v1/openapi.json", "openapi", "This document.", "application/json"),
    ]

    private static let text = "text/plain; charset=utf-8"
    private static let binary = "application/octet-stream"

    private static func lookUp(
        _ path: String,
        _ name: String,
        _ summary: String,
        _ contentType: String,
        _ parameter: String? = nil
    ) -> String {
        let parameters = parameter.map { "\"parameters\": [\($0)], " } ?? ""
        let found = """
            {"description": "\(summary)", "content": {"\(contentType)": {}}}
            """
        let get = """
            "operationId": "\(name)", "summary": "\(summary)", "responses": \
            {"200": \(found), "404": \(reference("Refused")), "503": \(reference("Refused"))}
            """
        return "\"\(path)\": {\(parameters)\"get\": {\(get)}}"
    }

    private static func parameter(
        _ name: String,
        _ pattern: String,
        _ description: String
    ) -> String {
        """
        {"name": "\(name)", "in": "path", "required": true, "description": "\(description)", \
        "schema": {"type": "string", "pattern": "\(pattern)"}}
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
                "422": \(reference("Refused")),
                "428": \(reference("Refused")),
                "503": \(reference("Refused"))
              }
            }}
        """

    private static let responses = """
        "Refused": {"description": "A refusal: what was found, then what must be.", \
        "content": {"application/problem+json": {"schema": \
        {"$ref": "#/components/schemas/Problem"}}}}
        """

    private static let problemSchema = """
        "Problem": {"type": "object", "required": ["type", "title", "status"], "properties": \
        {"type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"}, \
        "tries": {"type": "integer", "description": "what a stamp of this hour is asked"}}}
        """
}
