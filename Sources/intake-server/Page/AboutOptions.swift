import ArgumentParser

/// Who runs the site, as the pages about it say.
struct AboutOptions: ParsableArguments {
    @Option(help: "Who runs the site, by the name that people know.")
    var operatorName: String?

    @Option(help: "Where questions about the site go: an address of https: or mailto:.")
    var operatorContact: String?

    func validate() throws {
        if let operatorContact {
            guard operatorContact.hasPrefix("https://") || operatorContact.hasPrefix("mailto:")
            else {
                throw ValidationError(
                    "\"\(operatorContact)\" is no contact, it must begin with https:// or mailto:"
                )
            }
        }
    }

    /// What is said about the site, in each language.
    func pages(
        _ look: PageOptions,
        _ folder: DataFolder,
        withSchools: Bool
    ) throws -> [AboutPage] {
        let tree = try look.tree(of: folder).tree
        let site = AboutSite(
            name: look.siteName,
            exitUrl: look.exitUrl,
            operatorName: operatorName,
            operatorContact: operatorContact,
            hasSchools: withSchools,
            isTrial: ContactMarkup.isTrial(tree),
            numbers: PageNumbers(tree)
        )
        return try AboutPage.all(assets: try look.found(), site: site)
    }
}
