import HTTPTypes

/// The fields on every response, whatever it is and whoever made it.
enum SecurityFields {
    /// For everything that is not the page: a browser runs nothing of it.
    static let barePolicy =
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'"

    /// Name and value of each.
    private static let fields: [(name: HTTPField.Name?, value: String)] = [
        (.cacheControl, "no-store"),
        (.xContentTypeOptions, "nosniff"),
        (.crossOriginResourcePolicy, "same-origin"),
        (HTTPField.Name("Cross-Origin-Opener-Policy"), "same-origin"),
        (HTTPField.Name("Referrer-Policy"), "no-referrer"),
        (HTTPField.Name("X-Frame-Options"), "DENY"),
        (
            HTTPField.Name("Permissions-Policy"),
            "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
        ),
    ]

    /// Their values by their names in lower case, as they are written.
    static var written: [String: String] {
        fields.reduce(into: [:]) { written, field in
            if let name = field.name { written[name.canonicalName] = field.value }
        }
    }

    /// Sets them; takes away what would tell the time or the make of the server.
    static func apply(to response: inout HTTPResponse) {
        for field in fields {
            guard let name = field.name else { continue }
            response.headerFields[name] = field.value
        }
        if response.headerFields[.contentSecurityPolicy] == nil {
            response.headerFields[.contentSecurityPolicy] = barePolicy
        }
        response.headerFields[.date] = nil
        response.headerFields[.server] = nil
    }
}
