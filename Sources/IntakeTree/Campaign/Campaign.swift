import SealedIntake

/// Everything that tells people of the wegwijzer: sheets, the text for a school guide, the page
/// for schools; all from one tree.
public struct Campaign: Sendable {
    /// The files, each with its name.
    public let files: [TreeCompilation.BuiltFile]
    /// Documents of which a browser makes the PDF of each sheet, `NAME.html` for `NAME.pdf`.
    public let prints: [TreeCompilation.BuiltFile]
    /// Why the sheets say that they must not be hung yet; nothing when they may.
    public let doubts: [String]

    /// What the campaign is made of beside the tree.
    public struct Order: Sendable {
        let address: CampaignAddress
        let fingerprint: String
        let qr: QRDrawing
        let day: Day

        /// - Parameters:
        ///   - address: The plain address.
        ///   - fingerprint: The fingerprint of the roots file, in fours.
        ///   - qr: The address as qrencode draws it.
        ///   - day: The day whose duties hold.
        public init(address: CampaignAddress, fingerprint: String, qr: QRDrawing, day: Day) {
            self.address = address
            self.fingerprint = fingerprint
            self.qr = qr
            self.day = day
        }
    }

    /// Makes it.
    /// - Parameters:
    ///   - built: The files of a tree without errors.
    ///   - path: Its folder, for `campaign/`.
    ///   - order: Address, fingerprint, QR code and day.
    /// - Throws: ``CampaignError``.
    public init(
        _ built: [TreeCompilation.BuiltFile],
        tree path: String,
        order: Order
    ) throws(CampaignError) {
        let folder = CampaignFolder(tree: path)
        let written = try folder.words()
        let tree = try CampaignTree(built, words: written, day: order.day)
        var known = try tree.scope()
        known["address"] = .text(order.address.text)
        known["name"] = .text(order.address.name)
        known["fingerprint"] = .text(order.fingerprint)
        known["style"] = .markup(try folder.text("style.css"))
        let words = try CampaignWords(written, filledWith: known)
        let content = try InfographicContent(tree)
        let readers = ["leerling", "ouder", "personeel"]
        var printed = content.dangers.map(\.place) + content.contacts
        for reader in readers { printed += try Self.slips(of: reader, tree, words) }
        let unchecked = printed.filter { !$0.isChecked }
        doubts = Self.doubts(order.address, unchecked)
        let foot = SheetFoot(
            fingerprint: try words.text("foot.fingerprint"),
            proof: doubts.isEmpty ? nil : try words.text("foot.proof")
        )
        var info = Infographic(
            content: content,
            words: words,
            qr: order.qr,
            address: order.address
        )
        var sheets = [try info.sheet(foot: foot)]
        for reader in readers {
            var poster = Poster(
                for: reader,
                tree: tree,
                words: words,
                qr: order.qr,
                address: order.address
            )
            sheets.append(try poster.sheet(foot: foot))
        }
        (files, prints) = try Self.files(
            of: sheets,
            folder,
            SchoolPage(tree: tree, words: words, sheets: sheets)
        )
    }

    private static func files(
        of sheets: [Sheet],
        _ folder: CampaignFolder,
        _ school: SchoolPage
    ) throws(CampaignError) -> (
        files: [TreeCompilation.BuiltFile], prints: [TreeCompilation.BuiltFile]
    ) {
        typealias File = TreeCompilation.BuiltFile
        var files: [File] = []
        var prints: [File] = []
        let print = try folder.template("print.html")
        let alternative = try folder.template("tekst.html")
        let scope = try school.scope()
        for sheet in sheets {
            for paper in Sheet.Paper.allCases {
                let name = "\(sheet.name)-\(paper.rawValue)"
                files.append(File("\(name).svg", sheet.svg(on: paper)))
                prints.append(File("\(name).html", try print.filled(sheet.scope(on: paper))))
            }
            files.append(
                File(
                    "\(sheet.name).html",
                    try alternative.filled(scope.merging(sheet.scope(on: .a4)) { $1 })
                )
            )
        }
        for name in ["schoolgids.html", "schoolgids.txt", "scholen.html"] {
            files.append(File(name, try folder.template(name).filled(scope)))
        }
        return (files, prints)
    }

    private static func slips(
        of reader: String,
        _ tree: CampaignTree,
        _ words: CampaignWords
    ) throws(CampaignError) -> [CampaignPlace] {
        var places: [CampaignPlace] = []
        let count = words.count("poster.\(reader).slips", having: "place")
        for index in 1...max(1, count) {
            places.append(
                try tree.place(try words.text("poster.\(reader).slips.\(index).place"))
            )
        }
        return places
    }

    private static func doubts(
        _ address: CampaignAddress,
        _ unchecked: [CampaignPlace]
    ) -> [String] {
        var doubts: [String] = []
        if address.isExample {
            doubts.append("the address \"\(address.name)\" is an example, it must be a real one")
        }
        let ids = Set(unchecked.map(\.id)).sorted()
        if !ids.isEmpty {
            doubts.append(
                "nobody has called \(ids.joined(separator: ", ")), each must have checked_on"
            )
        }
        return doubts
    }
}

extension TreeCompilation.BuiltFile {
    fileprivate init(_ name: String, _ text: String) {
        self.init(name: name, bytes: [UInt8](text.utf8))
    }
}
