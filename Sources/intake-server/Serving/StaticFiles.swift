import NIOCore
import SealedIntake

/// What is served and never changes while the server runs.
enum StaticFiles {
    /// The decision tree, where there is one.
    static func of(tree: [UInt8]?) throws -> [String: Resource] {
        guard let tree else { return [:] }
        return ["/v1/tree": try compressed(Resource.plainText, tree, smallest: true)]
    }

    /// The description of the interface: of these files, and of what is always there.
    static func described(_ files: [String: Resource]) -> [String: Resource] {
        let document = OpenAPI.document(of: files.mapValues(\.contentType))
        return ["/v1/openapi.json": Resource("application/json", [UInt8](document.utf8))]
    }

    /// `/.well-known/security.txt` (RFC 9116), good for half a year.
    static func of(contact: String, today: Day) -> [String: Resource] {
        let expires = today.adding(180).description
        let text =
            "Contact: \(contact)\nExpires: \(expires)T00:00:00Z\nPreferred-Languages: nl, en\n"
        return ["/.well-known/security.txt": Resource(Resource.plainText, [UInt8](text.utf8))]
    }

    /// The page in its languages at the paths of each, the first also at `/`, and what it fetches
    /// besides: the program, and what goes with it.
    static func of(pages: [Page], assets: Assets) throws -> [String: Resource] {
        var files: [String: Resource] = [:]
        for (name, type) in [
            ("intake.wasm", "application/wasm"), ("intake.js", "text/javascript; charset=utf-8"),
        ] {
            files[try assets.program(name).path] = try program(name, type, assets)
        }
        for page in pages {
            let resource = try compressed("text/html; charset=utf-8", page.bytes, smallest: true)
                .under(policy: page.policy)
            for path in page.language.paths { files[path] = resource }
            if files["/"] == nil { files["/"] = resource }
            files[page.rest.file.path] =
                try compressed(PageRest.contentType, page.rest.bytes, smallest: true)
        }
        return files
    }

    /// The helpdesk's page at its paths.
    static func of(helpdesk: [HelpdeskPage]) throws -> [String: Resource] {
        var files: [String: Resource] = [:]
        for page in helpdesk {
            let resource = try compressed("text/html; charset=utf-8", page.bytes)
                .under(policy: page.policy)
            for path in page.paths { files[path] = resource }
        }
        return files
    }

    /// What is said about the site, at its paths.
    static func of(about: [AboutPage]) throws -> [String: Resource] {
        var files: [String: Resource] = [:]
        for page in about {
            let resource = try compressed("text/html; charset=utf-8", page.bytes)
                .under(policy: page.policy)
            for path in page.paths { files[path] = resource }
        }
        return files
    }

    /// What is made when the server starts is compressed then.
    static func compressed(
        _ contentType: String,
        _ file: [UInt8],
        smallest: Bool = false
    ) throws -> Resource {
        let bytes = ByteBuffer(bytes: file)
        return Resource(contentType, bytes)
            .compressed(.brotli, as: try Brotli.compress(bytes, smallest: smallest))
            .compressed(.gzip, as: try Gzip.compress(bytes))
    }

    private static func program(
        _ name: String,
        _ contentType: String,
        _ assets: Assets
    ) throws -> Resource {
        Resource(contentType, try assets.bytes(name))
            .compressed(.brotli, as: ByteBuffer(bytes: try assets.bytes(name + ".br")))
            .compressed(.gzip, as: ByteBuffer(bytes: try assets.bytes(name + ".gz")))
    }
}
