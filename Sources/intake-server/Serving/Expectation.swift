import HTTPTypes

/// What a request expects before it sends its content (RFC 9110, section 10.1.1).
enum Expectation {
    /// Nothing.
    case none
    /// A word that it may go on.
    case goAhead
    /// Something that nobody here knows: refused.
    case unknown

    /// Reads the field; where no content follows there is nothing to wait for.
    init(of request: HTTPRequest) {
        guard let expected = request.headerFields[.expect] else {
            self = .none
            return
        }
        guard expected.lowercased() == "100-continue" else {
            self = .unknown
            return
        }
        let length = request.headerFields[.contentLength] ?? "0"
        let hasContent = length != "0" || request.headerFields[.transferEncoding] != nil
        self = hasContent ? .goAhead : .none
    }
}
